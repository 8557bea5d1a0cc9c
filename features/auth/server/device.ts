const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\bWindows\b/, 'Windows'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

export interface Device {
  type: 'desktop' | 'mobile' | 'tablet' | 'other';
  browser: string | null;
  os: string | null;
}

/** What a user agent says of itself, roughly: enough for a person to recognise their own phone in a list. */
export function deviceOf(userAgent = ''): Device {
  const named = (list: readonly [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
  const os = named(SYSTEMS);
  const mobile = /\bMobile\b|\biPhone\b/.test(userAgent);
  const tablet = /\biPad\b|\bTablet\b/.test(userAgent) || (os === 'Android' && !mobile);
  return {
    type: os === null ? 'other' : tablet ? 'tablet' : mobile ? 'mobile' : 'desktop',
    browser: named(BROWSERS),
    os,
  };
}
