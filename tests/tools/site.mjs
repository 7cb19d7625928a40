// Reads a built site as a browser does, from file://, and tells what is wrong with it.
//
//   node site.mjs FOLDER [SHOTS]
//
// FOLDER is the html/ folder of an edition; screenshots go to SHOTS, if given. Prints one line a finding and a last
// line "pages N, findings N". Exit status 0 without findings, 1 with, 2 when it could not look.
import { readdirSync, statSync, readFileSync, mkdirSync } from 'node:fs';
import { join, relative, resolve, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(process.argv[2]);
const shots = process.argv[3];
const here = dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');

function pages(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return pages(path);
    return name.endsWith('.html') ? [path] : [];
  });
}

// One page of each type is enough for the rules on looks; links and sizes are looked at on all. Chapters with a table or
// a list of their own are types by themselves; chapters of prose are one type.
const tables = ['index', 'contents', 'whats-new', 'statements', 'priorities', 'activities', 'indicators', 'consultation',
  'regions', 'process', 'glossary', 'sources', 'open-matters'];
function kind(path) {
  const parts = relative(root, path).split('/');
  if (parts.length > 2) return parts.slice(0, -1).join('/');
  const name = parts.at(-1).replace('.html', '');
  return `${parts.slice(0, -1).join('/')}/${tables.includes(name) ? name : 'prose'}`;
}

const all = pages(root);
const ids = new Map(all.map((path) => [path, new Set()]));
const findings = [];
const tell = (path, what) => findings.push(`${relative(root, path)}: ${what}`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

async function look(path, scheme, width, typical) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') tell(path, `console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('file://')) tell(path, `asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(() => document.fonts.ready);
  if (typical) {
    await page.evaluate(axe);
    const result = await page.evaluate(() =>
      axe.run(document, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const rule of result.violations) {
      tell(path, `axe (${scheme}, ${width} px): ${rule.id}: ${rule.nodes.map((node) => node.target).slice(0, 2).join(' | ')}`);
    }
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 1) tell(path, `is ${wide} px wider than the window of ${width} px`);
  if (shots && typical) {
    mkdirSync(shots, { recursive: true });
    const name = relative(root, path).replaceAll('/', '_').replace('.html', '');
    await page.screenshot({ path: join(shots, `${name}.${width}.${scheme}.png`), fullPage: false });
  }
  await context.close();
}

// Text with scripts off must equal the text with scripts on, and the policy must let the style sheet through.
async function plain(path) {
  const read = async (javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') tell(path, `console: ${message.text()}`);
    });
    await page.goto(pathToFileURL(path).href);
    const text = await page.locator('body').innerText();
    await context.close();
    return text;
  };
  if ((await read(true)) !== (await read(false))) tell(path, 'text differs when scripts are off');
}

for (const path of all) {
  const text = readFileSync(path, 'utf8');
  for (const [, id] of text.matchAll(/ id="([^"]*)"/g)) {
    if (ids.get(path).has(id)) tell(path, `the id ${id} stands twice`);
    ids.get(path).add(id);
  }
  const size = Buffer.byteLength(text);
  if (size > 150 * 1024) tell(path, `weighs ${Math.round(size / 1024)} KB`);
}
for (const path of all) {
  for (const [, target] of readFileSync(path, 'utf8').matchAll(/ (?:href|src)="([^"]*)"/g)) {
    if (/^(https?|mailto):/.test(target)) continue;
    const [file, fragment] = target.replaceAll('&amp;', '&').split('#');
    const full = file === '' ? path : resolve(dirname(path), decodeURIComponent(file));
    let there = true;
    try { statSync(full); } catch { there = false; }
    if (!there) tell(path, `dead link ${target}`);
    else if (fragment && !(ids.get(full)?.has(decodeURIComponent(fragment)))) tell(path, `dead fragment ${target}`);
  }
}
const seen = new Set();
for (const path of all) {
  const typical = !seen.has(kind(path));
  seen.add(kind(path));
  if (!typical) continue;
  await look(path, 'light', 1280, true);
  await look(path, 'dark', 1280, true);
  await look(path, 'light', 375, true);
  await look(path, 'light', 320, false);
  await plain(path);
}
await browser.close();
for (const finding of findings) console.log(finding);
console.log(`pages ${all.length}, types ${seen.size}, findings ${findings.length}`);
process.exit(findings.length === 0 ? 0 : 1);
