/**
 * By major version, the first minor version without CVE-2023-2455, CVE-2023-39418, CVE-2024-10976 and CVE-2025-8713,
 * which let rows or statistics past policies.
 */
export const fixedMinor: Record<string, number> = { 13: 22, 14: 19, 15: 14, 16: 10, 17: 6, 18: 0 };
