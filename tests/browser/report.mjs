// node report.mjs REPORT.html... [--screenshots DIR]
// Opens each report in Chromium, wide and narrow, light and dark: axe-core must find nothing, nothing may stick out at the
// right, no script may run and nothing may be loaded. Exit status 0: all well; 1: not; 77: Chromium or a package is missing.
// The packages are looked for beside this file (npm install in this folder) or from PLUGVET_NODE_MODULES.
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';
import {fileURLToPath, pathToFileURL} from 'node:url';

const chromium_path = process.env.PLUGVET_CHROMIUM ?? '/usr/bin/chromium';
const require = createRequire(path.join(process.env.PLUGVET_NODE_MODULES ?? fileURLToPath(new URL('.', import.meta.url)), 'x.js'));
let playwright, axe;
try {
  playwright = require('playwright-core');
  axe = require.resolve('axe-core/axe.min.js');
  fs.accessSync(chromium_path, fs.constants.X_OK);
} catch (missing) {
  console.log(`skipped: ${missing.message.split('\n')[0]}`);
  process.exit(77);
}

const files = process.argv.slice(2);
const option = files.indexOf('--screenshots');
const shots = option < 0 ? null : files.splice(option, 2)[1];
if (shots) fs.mkdirSync(shots, {recursive: true});
const widths = [1280, 390];
const schemes = ['light', 'dark'];
let failures = 0;
const complain = text => { ++failures; console.log(`  ${text}`); };

async function look(browser, file, width, scheme) {
  const context = await browser.newContext({viewport: {width, height: 900}, colorScheme: scheme, bypassCSP: false});
  const page = await context.newPage();
  page.on('console', message => complain(`console: ${message.text()}`));
  page.on('pageerror', error => complain(`script ran: ${error.message}`));
  page.on('dialog', dialog => { complain(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  const url = pathToFileURL(path.resolve(file)).href;
  page.on('request', request => { if (request.url() !== url && !request.url().startsWith('data:')) complain(`loads ${request.url().slice(0, 200)}`); });
  await page.goto(url);
  const measured = await page.evaluate(() => ({
    scripts: document.scripts.length,
    page: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
    wide: [...document.querySelectorAll('main *')].filter(e => !e.closest('svg') && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className || e.tagName).slice(0, 5),
  }));
  if (measured.scripts > 0) complain(`${measured.scripts} scripts`);
  if (measured.page > measured.window || measured.wide.length > 0) complain(`sticks out: ${measured.page} > ${measured.window} ${measured.wide}`);
  const name = `${path.basename(file, '.html')}-${width}-${scheme}`;
  if (shots) await page.screenshot({path: path.join(shots, `${name}.png`), fullPage: true});
  // Folded content is judged as well.
  await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
  await page.evaluate(fs.readFileSync(axe, 'utf8'));
  const {violations, passes} = await page.evaluate(() => globalThis.axe.run());
  for (const {id, impact, nodes} of violations) complain(`${id} (${impact}): ${nodes.slice(0, 3).map(node => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
  console.log(`${name}: ${violations.length} violations, ${passes.length} axe checks passed`);
  await context.close();
}

const browser = await playwright.chromium.launch({executablePath: chromium_path, headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']});
try {
  for (const file of files) for (const width of widths) for (const scheme of schemes) await look(browser, file, width, scheme);
} finally {
  await browser.close();
}
process.exit(failures > 0 ? 1 : 0);
