// node inert.mjs REPORT.html...
// Opens each report in Chromium with scripts allowed and the policy of the page taken away: still no script may run, no
// dialog may open, nothing may be loaded and no other page may be reached; then every folded part is opened, every element
// gets the events that handlers wait for, and the same must hold. Exit status 0: all well; 1: not; 77: something is missing.
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';
import {fileURLToPath, pathToFileURL} from 'node:url';

const chromium_path = process.env.PLUGVET_CHROMIUM ?? '/usr/bin/chromium';
const require = createRequire(path.join(process.env.PLUGVET_NODE_MODULES ?? fileURLToPath(new URL('.', import.meta.url)), 'x.js'));
let playwright;
try {
  playwright = require('playwright-core');
  fs.accessSync(chromium_path, fs.constants.X_OK);
} catch (missing) {
  console.log(missing.message.split('\n')[0]);
  process.exit(77);
}

let failures = 0;
const complain = text => { ++failures; console.log(text.slice(0, 300)); };
const browser = await playwright.chromium.launch({executablePath: chromium_path, headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']});
try {
  const context = await browser.newContext({bypassCSP: true});
  for (const file of process.argv.slice(2)) {
    const page = await context.newPage();
    const url = pathToFileURL(path.resolve(file)).href;
    const told = text => complain(`${path.basename(file)}: ${text}`);
    page.on('dialog', dialog => { told(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('popup', () => told('a window was opened'));
    page.on('request', request => { if (request.url() !== url && !request.url().startsWith('data:image/png;base64,')) told(`loads ${request.url()}`); });
    page.on('framenavigated', frame => { if (frame.url() !== url) told(`leads to ${frame.url()}`); });
    await page.goto(url);
    const found = await page.evaluate(() => {
      document.querySelectorAll('details').forEach(details => { details.open = true; });
      const all = [...document.querySelectorAll('*')];
      for (const element of all)
        for (const type of ['click', 'mouseover', 'focus', 'load', 'error', 'toggle', 'animationstart'])
          if (element.tagName !== 'A' && element.tagName !== 'SUMMARY') element.dispatchEvent(new Event(type));
      const handlers = all.flatMap(element => element.getAttributeNames().filter(name => name.startsWith('on')));
      const links = [...document.links].map(link => link.getAttribute('href')).filter(href => !/^(https?:\/\/|mailto:|#)/.test(href));
      return {scripts: document.scripts.length, frames: document.querySelectorAll('iframe,object,embed,base,form,link').length, handlers, links};
    });
    if (found.scripts + found.frames + found.handlers.length + found.links.length > 0) told(JSON.stringify(found));
    await page.close();
  }
} finally {
  await browser.close();
}
process.exit(failures > 0 ? 1 : 0);
