import { Problem } from '../../../web/api/problem.ts';
import { i18next } from '../../../web/i18n.ts';

const SIDE = 256;

/** The middle of a picture, as small as it will be shown: a photo straight from a phone has 5 MB. */
export async function squared(file: File): Promise<Blob> {
  const image = await createImageBitmap(file).catch(() => {
    throw new Problem({ detail: i18next.t('users:avatar.unreadable') }, 422);
  });
  const side = Math.min(image.width, image.height);
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const from = [(image.width - side) / 2, (image.height - side) / 2, side, side] as const;
  canvas.getContext('2d')?.drawImage(image, ...from, 0, 0, SIDE, SIDE);
  image.close();
  // A browser that cannot write WebP writes PNG, which the server takes as well.
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
}
