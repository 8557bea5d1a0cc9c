const SIGNATURES = [
  { type: 'image/png', matches: (b: Buffer) => b.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) },
  { type: 'image/jpeg', matches: (b: Buffer) => b.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')) },
  {
    type: 'image/webp',
    matches: (b: Buffer) => b.toString('latin1', 0, 4) === 'RIFF' && b.toString('latin1', 8, 12) === 'WEBP',
  },
] as const;

export type ImageType = (typeof SIGNATURES)[number]['type'];

/** What the bytes are, whatever the sender called them. Undefined for anything but PNG, JPEG and WebP. */
export function imageKind(content: Buffer): ImageType | undefined {
  return content.length < 12 ? undefined : SIGNATURES.find(({ matches }) => matches(content))?.type;
}
