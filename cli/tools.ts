import type { Installation, Tools } from './command.ts';

/**
 * What commands are handed: their work becomes an exit code, and an error what it says.
 * @param exit takes the exit code
 * @param open opens the installation's database for work, and closes it after
 */
export function toolsOf(
  exit: (code: number) => void,
  open: (work: (installation: Installation) => Promise<number>) => Promise<number>,
): Tools {
  const run: Tools['run'] = async (work, failed = 1) =>
    exit(
      await work().catch((error: Error) => {
        console.error(error.message);
        return failed;
      }),
    );
  return { run, withInstallation: (work, failed) => run(() => open(work), failed) };
}
