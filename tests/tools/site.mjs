// Reads a built site as a browser does, from file://, and tells what is wrong with it.
//
//   node site.mjs FOLDER [SHOTS] [brief]
//
// FOLDER is the html/ folder of an edition; screenshots go to SHOTS, if given. Pages in the first language are looked at in
// light and dark, on a narrow window and with the keyboard; others, and all with `brief`, in light alone. Prints one line a finding and a last
// line "pages N, findings N". Exit status 0 without findings, 1 with, 2 when it could not look.
import { readdirSync, statSync, readFileSync, mkdirSync } from 'node:fs';
import { join, relative, resolve, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(process.argv[2]);
const shots = process.argv[3];
const brief = process.argv[4] === 'brief';
const here = dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');

function pages(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return pages(path);
    return name.endsWith('.html') ? [path] : [];
  });
}

// One page of each type is enough for the rules on looks; links and sizes are looked at on all. A chapter with a table or a
// figure is a type by itself; chapters of prose are one type.
function kind(path) {
  const parts = relative(root, path).split('/');
  if (parts.length > 2) return parts.slice(0, -1).join('/');
  const own = parts.at(-1) === 'index.html' || /<(svg|table)/.test(readFileSync(path, 'utf8'));
  return `${parts.slice(0, -1).join('/')}/${own ? parts.at(-1) : 'prose'}`;
}

const language = (path) => /<html lang="([^"]*)"/.exec(readFileSync(path, 'utf8'))?.[1];

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
  const cut = await page.evaluate(() => [...document.querySelectorAll('.scroll')].filter((one) => {
    const hint = one.previousElementSibling;
    return one.scrollWidth > one.clientWidth + 1 && !(hint?.matches('.scroll-hint') && hint.checkVisibility());
  }).map((one) => one.getAttribute('aria-label')));
  if (cut.length > 0) tell(path, `at ${width} px a table must be scrolled and does not say so: ${cut.join('; ')}`);
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

// Everything that can be used is reached by the tab key, in the order of the page, is in the window then and shows that it
// has the focus; and a link of a figure is followed by the enter key.
async function walk(path, width) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  const names = await page.evaluate(() => {
    const usable = [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex="0"]')];
    return usable.filter((one) => one.checkVisibility() && !one.closest('details:not([open]) > :not(summary)')).map((one, nth) => {
      one.setAttribute('data-walk', nth);
      return (one.textContent || one.getAttribute('aria-label') || one.tagName).trim().replaceAll(/\s+/g, ' ').slice(0, 40);
    });
  });
  for (const [nth, name] of names.entries()) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      const box = one.getBoundingClientRect();
      const style = getComputedStyle(one);
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      const drawn = [...one.querySelectorAll('rect, text')].some((part) => {
        const own = getComputedStyle(part);
        return own.stroke !== 'none' && parseFloat(own.strokeWidth) >= 4;
      });
      const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      return { nth: Number(one.getAttribute('data-walk') ?? -1), inside, ring: ring || drawn };
    });
    if (at.nth !== nth) {
      tell(path, `tab ${nth + 1} at ${width} px reaches ${names[at.nth] ?? 'nothing'} instead of ${name}`);
      break;
    }
    if (!at.inside) tell(path, `at ${width} px, ${name} has the focus outside the window`);
    if (!at.ring) tell(path, `at ${width} px, ${name} does not show that it has the focus`);
  }
  steps += names.length;
  const link = page.locator('figure.drawing svg a:visible').first();
  if (await link.count()) {
    const target = new URL(await link.getAttribute('href'), pathToFileURL(path)).href;
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(target, { timeout: 5000 }).catch(() => tell(path, `enter does not follow ${target}`));
  }
  await context.close();
}
let steps = 0;

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
const typical = all.filter((path) => !seen.has(kind(path)) && seen.add(kind(path)));
const queue = [...typical];
// Two at a time: the machines that test have two cores.
await Promise.all([1, 2].map(async () => {
  for (let path = queue.shift(); path; path = queue.shift()) {
    await look(path, 'light', 1280, true);
    await look(path, 'light', 320, false);
    if (brief || language(path) !== language(typical[0])) continue;
    await look(path, 'dark', 1280, true);
    await look(path, 'light', 375, true);
    await plain(path);
    await walk(path, 1280);
    await walk(path, 375);
  }
}));
findings.sort();
await browser.close();
for (const finding of findings) console.log(finding);
console.log(`pages ${all.length}, types ${seen.size}, stops of the tab key ${steps}, findings ${findings.length}`);
process.exit(findings.length === 0 ? 0 : 1);
