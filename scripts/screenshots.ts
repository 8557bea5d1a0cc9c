import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { dataFolder } from '../server/platform/data-folder.ts';
import { projectRoot } from '../server/platform/project-root.ts';

// Run beside `npm start` with the demo: it logs in as the demo's admins and renews the pictures of docs/images.
interface Login {
  company?: string;
  what: string;
  email: string;
  password: string;
}

const origin = process.env.BULKHEAD_URL ?? `http://localhost:${process.env.PORT ?? 8000}`;
const logins = JSON.parse(readFileSync(join(dataFolder(), 'demo-logins.json'), 'utf8')) as Login[];
const folder = join(projectRoot, 'docs/images');
const executablePath = process.env.BULKHEAD_CHROMIUM ?? '/usr/bin/chromium';

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const halves = [
    await shot(browser, 'Sunstone', '/contacts', { width: 860, height: 620 }),
    await shot(browser, 'nadan', '/contacts', { width: 860, height: 620 }),
  ];
  await sideBySide(browser, halves, join(folder, 'two-companies.png'));
  await shot(browser, 'Sunstone', '/deals', { width: 1440, height: 860 }, join(folder, 'deal-board.png'));
  await shot(browser, 'Sunstone', '/dashboard', { width: 1440, height: 860 }, join(folder, 'dashboard.png'));
} finally {
  await browser.close();
}

/** A page as the company's admin sees it, in a browser of its own. */
async function shot(browser: Browser, company: string, path: string, viewport: Size, file?: string): Promise<Buffer> {
  const login = logins.find((found) => found.company === company && found.what === 'admin');
  if (!login) throw new Error(`the demo has no login for ${company}`);
  const context = await browser.newContext({ baseURL: origin, viewport });
  const page = await context.newPage();
  await page.goto(path);
  await page.getByLabel('E-mail').fill(login.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(login.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('[role=row] b, [data-card], [role=img]').first().waitFor();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(800);
  const image = await page.screenshot(file ? { path: file } : {});
  await context.close();
  return image;
}

async function sideBySide(browser: Browser, images: Buffer[], path: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1760, height: 660 } });
  const tags = images.map((image) => `<img src="data:image/png;base64,${image.toString('base64')}">`);
  const frame = 'margin:0;padding:16px;display:flex;align-items:flex-start;gap:8px;background:#123';
  await page.setContent(`<!doctype html><body style="${frame}">${tags.join('')}<style>img{border-radius:8px}</style>`);
  await page.screenshot({ path });
  await page.close();
}

interface Size {
  width: number;
  height: number;
}
