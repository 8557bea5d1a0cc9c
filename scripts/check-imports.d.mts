export function brokenImports(folder: string): Promise<string[]>;
