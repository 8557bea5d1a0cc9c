export interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

export function count(
  report: Report | undefined,
  exitCode: number,
  failedChecks?: number,
): { passed: number; failed: number };
