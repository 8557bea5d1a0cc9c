/**
 * The totals of a run. What fails without being a test counts as failed too, so that "0 failed" never stands above a
 * failure: a check, a file that cannot be loaded, an error outside any test, a run that ends without a report.
 */
export function count(report, exitCode, failedChecks = 0) {
  const unloaded = report?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const counted = (report?.numFailedTests ?? 0) + (unloaded?.length ?? 0);
  const failed = counted === 0 && exitCode !== 0 ? 1 : counted;
  return { passed: report?.numPassedTests ?? 0, failed: failed + failedChecks };
}
