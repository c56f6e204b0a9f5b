// What every journey stands on: a site of its own, a browser, and the questions asked of each page.
//
//   import { journey } from './harness.mjs';
//   journey('a visitor reads the home page', async ({ site, open, axe, shot }) => {
//     const page = await open({ js: false, locale: 'fr' });
//     await page.goto(site.url);
//     await axe(page, 'home');
//   });
//
// A journey fails when a page reports a script error or a breach of its content security policy, or when it
// asks another origin for anything: nothing has to be written for that.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';

export { assert };

export const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, '../..');
const out = path.join(here, 'out');
const axeSource = fs.readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** The two widths at which pages are looked at. */
export const phone = { width: 360, height: 740 };
export const desk = { width: 1280, height: 900 };

const limit = 30_000;

// Nobody looks at the pictures of a run that only has to pass, and they cost as much as all the rest.
let pictures = false;
/** Has each journey keep pictures of the pages that it names. */
export function takePictures() {
  pictures = true;
}

// ------------------------------------------------------------------------------------------ journeys

/** Every journey that the files declared, in their order. */
export const journeys = [];

/**
 * Declares a journey. Options: `site` ('demo', or 'empty' for the first-run page, or a function that starts
 * one), `seconds` (its limit).
 */
export function journey(name, options, run) {
  if (typeof options === 'function') [options, run] = [{}, options];
  journeys.push({ name, site: 'demo', seconds: 120, ...options, run });
}

class Skip extends Error {}

/** Ends the journey: it cannot run here, for this reason. */
export function skip(reason) {
  throw new Skip(reason);
}
export const isSkip = (error) => error instanceof Skip;

// ---------------------------------------------------------------------------------------------- sites

const running = new Set();
function endAll() {
  for (const site of running) site.end();
}
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** Starts the program with these arguments and waits until it listens. */
export async function start(args, { env = {} } = {}) {
  const binary = process.env.PARVIS_BIN ?? path.join(root, 'target/debug/parvis');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'parvis-browser-'));
  const words = args.map((word) => word.replaceAll('{folder}', folder));
  const child = spawn(binary, words, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const site = { url: '', folder, log: '', child };
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  site.end = () => {
    running.delete(site);
    child.kill('SIGKILL');
    fs.rmSync(folder, { recursive: true, force: true });
  };
  site.stop = async () => {
    child.kill('SIGTERM');
    const slow = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(slow);
    site.end();
  };
  running.add(site);
  let found;
  const listening = new Promise((resolve) => (found = resolve));
  const read = (chunk) => {
    site.log += chunk;
    const address = site.log.match(/listening on (http:\/\/[^\s"]+)/);
    if (address) found(address[1].replace(/\/$/, '').replace(/0\.0\.0\.0|127\.0\.0\.1/, 'localhost'));
  };
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const late = new Promise((resolve) => setTimeout(resolve, 60_000, 'late').unref());
  const first = await Promise.race([listening, ended.then(() => 'ended'), late]);
  if (!String(first).startsWith('http')) {
    site.end();
    throw new Error(`${path.basename(binary)} ${words.join(' ')} did not listen (${first}):\n${site.log.slice(-2000)}`);
  }
  site.url = first;
  return site;
}

const DAY = 86_400_000;
/** A moment so many days from now, as its control writes it, in the site's time zone. */
export const moment = (days) => new Date(Date.now() + days * DAY).toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).slice(0, 16).replace(' ', 'T');

/** A picture of one colour, as a PNG file. */
export function png(width, height, [red, green, blue]) {
  const table = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n));
  const crc = (bytes) => ~bytes.reduce((c, byte) => table[(c ^ byte) & 255] ^ (c >>> 8), -1) >>> 0;
  const word = (n) => Buffer.from([n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
  const chunk = (kind, data) => {
    const named = Buffer.concat([Buffer.from(kind), data]);
    return Buffer.concat([word(data.length), named, word(crc(named))]);
  };
  const line = Buffer.concat([Buffer.from([0]), Buffer.concat(Array.from({ length: width }, () => Buffer.from([red, green, blue])))]);
  const header = Buffer.concat([word(width), word(height), Buffer.from([8, 2, 0, 0, 0])]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** The demonstration: a small fictional town, with one-click sign-in. */
export const demo = () => start(['demo', '--port', '0']);
/** A site that nobody has set up yet. */
export const empty = () => start(['serve', '--site', '{folder}/site', '--listen', '127.0.0.1:0']);

// -------------------------------------------------------------------------------------------- browser

/** The browser of the machine, without any of its own connections. */
export function launch() {
  const named = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = named.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const executablePath = process.env.PARVIS_CHROMIUM ?? candidates.find((file) => fs.existsSync(file));
  assert(executablePath, 'no Chromium on this machine: cargo xtask test says how to install it');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
    '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath, headless: true, args });
}

/** What a journey is given: the site, and everything that can be asked of a page. */
export function tools(browser, site, name) {
  const contexts = [];
  const faults = [];
  const origin = site.url ? new URL(site.url).origin : '';
  const scripted = new WeakMap();
  const copies = new Map();

  function watch(page, { errors }) {
    page.setDefaultTimeout(limit);
    page.on('request', (request) => {
      const url = request.url();
      if (/^(data|blob|about):/.test(url) || new URL(url).origin === origin) return;
      faults.push(`asked another origin: ${request.method()} ${url}`);
    });
    if (!errors) return;
    page.on('pageerror', (error) => faults.push(`script error on ${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // An answer of 403, 404 or 422 is what many a journey looks for: the browser's own note of it is no error.
      if (message.type() !== 'error' || /Failed to load resource/.test(message.text())) return;
      faults.push(`console on ${page.url()}: ${message.text()}`);
    });
  }

  /**
   * A page of a new visitor (no cookie, no memory). Options: `js` (true), `locale` ('fr' or 'en'), `viewport`
   * (desk), `dark` (false), `errors` (true: script errors fail the journey), `as` (signs in: see signIn).
   */
  async function open({ js = true, locale = 'fr', viewport = desk, dark = false, errors = true, as } = {}) {
    const language = locale === 'fr' ? 'fr-FR' : 'en-GB';
    const context = await browser.newContext({
      javaScriptEnabled: js,
      locale: language,
      viewport,
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Paris',
      extraHTTPHeaders: { 'accept-language': locale === 'fr' ? 'fr-FR,fr;q=0.9' : 'en-GB,en;q=0.9' },
    });
    contexts.push(context);
    context.on('page', (page) => watch(page, { errors }));
    const page = await context.newPage();
    scripted.set(page, { js, dark });
    if (as) await signIn(page, as);
    return page;
  }

  /** Signs in with the one click that a demonstration offers: 'participant', 'moderator' or 'administrator'. */
  async function signIn(page, role) {
    await page.goto(`${site.url}/sign-in`);
    await page.locator(`form[action="/demo/sign-in/${role}"] button`).click();
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
  }

  /** No violation of WCAG 2.2 AA or of the RGAA on the page as it stands. */
  async function axe(page, label, { exclude = [] } = {}) {
    const found = await runAxe(scripted.get(page)?.js === false ? await withScripts(page) : page, exclude);
    if (found.length === 0) return;
    const told = found.map(({ id, help, targets }) => `${id}: ${help}\n${targets.map((target) => `    ${target}`).join('\n')}`);
    throw new Error(`axe, ${label} (${page.url()}):\n${told.join('\n')}`);
  }

  // A page whose scripts are off cannot run axe either: its document is written again where scripts may run, at the same
  // origin, with its own scripts taken out and what it shows to those without scripts kept. The page where it is written
  // keeps axe from document to document.
  async function withScripts(page) {
    const html = (await page.content())
      .replace(/<script\b(?![^>]*type="application\/(?:ld\+)?json")[^>]*>[\s\S]*?<\/script>/gi, '')
      .replace(/<(\/?)noscript\b/gi, '<$1div');
    let copy = copies.get(page);
    if (!copy) {
      const context = await browser.newContext({ colorScheme: scripted.get(page)?.dark ? 'dark' : 'light' });
      copy = await context.newPage();
      copies.set(page, copy);
      await copy.route(`${site.url}/`, (route) => route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }));
      await copy.goto(`${site.url}/`);
    }
    await copy.setViewportSize(page.viewportSize());
    await copy.context().clearCookies();
    await copy.context().addCookies(await page.context().cookies());
    await copy.setContent(`<!doctype html>${html.replace(/^<!doctype[^>]*>/i, '')}`);
    return copy;
  }

  async function runAxe(page, exclude) {
    // Evaluated by the browser's own tools: no content security policy has to be opened for it.
    if (!(await page.evaluate('typeof window.axe === "object"'))) await page.evaluate(`${axeSource};0`);
    return page.evaluate(async (exclude) => {
      // Colours are read once they have settled: while a button passes to its own, it is neither the one nor the other.
      for (const one of document.getAnimations()) if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'RGAAv4'];
      const result = await window.axe.run({ include: [['html']], exclude: exclude.map((one) => [one]) }, {
        runOnly: { type: 'tag', values: tags },
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
      });
      return result.violations
        .filter((rule) => !rule.tags.includes('best-practice') || rule.tags.includes('RGAAv4'))
        .map(({ id, help, nodes }) => ({
          id,
          help,
          targets: nodes.map(({ target, failureSummary }) => `${target.join(' ')} — ${failureSummary.split('\n').slice(1).join('; ').trim()}`),
        }));
    }, exclude);
  }

  /**
   * Nothing wider than the screen at both widths; where they are asked for, pictures of the whole page too:
   * out/NAME-360.png and out/NAME-1280.png.
   */
  async function shot(page, file) {
    const before = page.viewportSize();
    for (const viewport of [phone, desk]) {
      await page.setViewportSize(viewport);
      if (pictures) {
        fs.mkdirSync(out, { recursive: true });
        await page.screenshot({ path: path.join(out, `${file}-${viewport.width}.png`), fullPage: true, animations: 'disabled' });
      }
      await noSideways(page);
    }
    await page.setViewportSize(before);
  }

  /** Nothing needs a scroll to the side at the page's present width. */
  async function noSideways(page) {
    const wide = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return [];
      // What may scroll by itself (a wide table in its own frame) is not at fault, nor what stands in it.
      const framed = (node) => {
        for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
          if (getComputedStyle(at).overflowX !== 'visible') return true;
        }
        return false;
      };
      return [...document.body.querySelectorAll('*')]
        .filter((node) => node.getBoundingClientRect().right > room + 1 && !framed(node))
        .slice(0, 5)
        .map((node) => `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ''}.${node.className} to ${Math.round(node.getBoundingClientRect().right)}px of ${room}px`);
    });
    assert.deepEqual(wide, [], `wider than the screen: ${page.url()}`);
  }

  /** No cookie was set: what a reader must be able to say. */
  async function noCookie(page) {
    const cookies = await page.context().cookies();
    assert.deepEqual(cookies.map(({ name }) => name), [], `cookies after ${page.url()}`);
  }

  // ------------------------------------------------------------------------------------------ keyboard

  const isOn = (locator) => locator.evaluate((node) => node === document.activeElement).catch(() => false);

  /** What holds the focus, for a message. */
  const focused = (page) =>
    page.evaluate(() => {
      const node = document.activeElement;
      return node ? `${node.tagName.toLowerCase()} "${(node.getAttribute('aria-label') ?? node.textContent ?? '').trim().slice(0, 60)}"` : 'nothing';
    });

  /**
   * Presses Tab until the control of this role and accessible name holds the focus; each stop on the way must be
   * seen. Fails when it cannot be reached.
   */
  async function tabTo(page, role, accessibleName, { most = 150, exact = false, within = page } = {}) {
    const wanted = within.getByRole(role, { name: accessibleName, exact }).first();
    await wanted.waitFor({ state: 'visible' });
    for (let stops = 0; stops < most; stops += 1) {
      if (await isOn(wanted)) return wanted;
      await page.keyboard.press('Tab');
      await focusSeen(page);
    }
    throw new Error(`the keyboard does not reach ${role} "${accessibleName}"; it is on ${await focused(page)}`);
  }

  /** The focus is on something that shows it. */
  async function focusSeen(page) {
    const unseen = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body || node === document.documentElement) return null;
      const shows = (element) => {
        const style = getComputedStyle(element);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
      };
      // A radio or a box may be drawn by its label.
      const drawn = [node, ...(node.labels ?? []), node.nextElementSibling, node.parentElement].filter(Boolean);
      return drawn.some(shows) ? null : node.outerHTML.slice(0, 120);
    });
    assert.equal(unseen, null, `the focus cannot be seen on ${page.url()}: ${unseen}`);
  }

  /**
   * Reaches a link or a button with the keyboard alone and uses it. A key, unlike a click, waits for nothing: the page
   * that a link or a button leads to is waited for here, for as long as a busy machine may take.
   */
  async function press(page, role, accessibleName, options = {}) {
    await tabTo(page, role, accessibleName, options);
    if (role === 'radio' || role === 'checkbox') {
      await page.keyboard.press('Space');
      return;
    }
    const leads = page.waitForEvent('framenavigated', { timeout: 5000 }).catch(() => {});
    await page.keyboard.press('Enter');
    await leads;
    await page.waitForLoadState('load');
  }

  /** Reaches a field with the keyboard alone and writes in it. */
  async function type(page, label, text, { role = 'textbox', ...options } = {}) {
    await tabTo(page, role, label, options);
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
  }

  // --------------------------------------------------------------------------------------------- forms

  /** Fills the controls of a form by their names: texts, boxes (true or false), radios and lists by their value. */
  async function fill(form, values) {
    for (const [field, value] of Object.entries(values)) {
      const control = form.locator(`[name="${field}"]`);
      const kind = await control.first().evaluate((node) => (node.tagName === 'SELECT' ? 'select' : node.type));
      if (kind === 'radio') await form.locator(`[name="${field}"][value="${value}"]`).check();
      else if (kind === 'checkbox') await control.setChecked(value);
      else if (kind === 'select') await control.selectOption(value);
      else if (kind === 'file') await control.setInputFiles(value);
      else await control.fill(value);
    }
  }

  /**
   * Fills the form that goes to this address and sends it with its first button, or the one that `button` names.
   * Gives the status of the answer.
   */
  async function send(page, action, values = {}, { button = 'button:not([type="button"])' } = {}) {
    const form = page.locator(`main form[method="post"][action="${action}"]`).first();
    await fill(form, values);
    const answers = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await form.locator(button).first().click();
    const status = (await answers).status();
    await page.waitForLoadState('load');
    return status;
  }

  /** The answer names these fields, each beside itself and in the summary, which a script brings into focus. */
  async function mistakes(page, status, fields) {
    assert.equal(status, 422, page.url());
    for (const field of fields) {
      assert.equal(await page.locator(`[id="${field}-error"]`).count(), 1, `${page.url()}: no message beside ${field}`);
      assert.equal(await page.locator(`#error-summary a[href="#${field}"]`).count(), 1, `${page.url()}: ${field} is not in the summary`);
      assert.equal(await page.locator(`[id="${field}"]`).count(), 1, `${page.url()}: the summary leads nowhere for ${field}`);
    }
    const named = await page.locator('#error-summary a').count();
    assert.equal(named, fields.length, `${page.url()}: ${await page.locator('#error-summary').innerText()}`);
    if (scripted.get(page)?.js) assert.ok(await isOn(page.locator('#error-summary')), `${page.url()}: the summary is not focused`);
  }

  // --------------------------------------------------------------------------------------------- mails

  /**
   * The address of the newest link that a mail to somebody holds, read as the administrator reads it: in the
   * site's outbox. `pattern` chooses among several links; `admin` is the page of an administrator, where no
   * demonstration lets one in with a click.
   */
  async function outboxLink({ to, pattern = /./, admin: signedIn }) {
    const admin = signedIn ?? (await open({ js: false, as: 'administrator', errors: false }));
    try {
      for (let tries = 0; tries < 40; tries += 1) {
        await admin.goto(`${site.url}/admin/mails?q=${encodeURIComponent(to)}`);
        const mails = admin.locator('main a[href^="/admin/mails/"]');
        if (await mails.count()) {
          await mails.first().click(); // the newest stands first
          const links = await admin.locator('main .panel a').evaluateAll((all) => all.map((link) => link.href));
          const link = links.find((one) => pattern.test(one));
          if (link) return link;
        }
        await admin.waitForTimeout(250); // the mail is written by a task, after the answer
      }
      throw new Error(`no mail to ${to} holds a link like ${pattern}`);
    } finally {
      if (!signedIn) {
        await admin.context().close();
        contexts.splice(contexts.indexOf(admin.context()), 1);
      }
    }
  }

  /**
   * A new participant from the mail link to the first page: asks for the link, follows it, takes a name. `admin` as
   * for outboxLink; `seen` is called with the page and a name on each page met.
   */
  async function register(page, { to, name: pseudonym, next = '/', admin, seen = async () => {} }) {
    await page.goto(`${site.url}/sign-in?next=${encodeURIComponent(next)}`);
    await send(page, '/sign-in', { email: to });
    await seen(page, 'mail sent');
    await page.goto(await outboxLink({ to, admin, pattern: /sign-in\// }));
    await seen(page, 'mail link');
    await page.locator('main form button').first().click();
    await page.waitForURL(/welcome/);
    await seen(page, 'welcome');
    await send(page, '/welcome', { pseudonym, terms: true });
    await page.waitForURL((url) => !url.pathname.includes('welcome'));
  }

  /** Ends the visitors; gives what went wrong on their pages, and keeps a picture when the journey failed. */
  async function close({ failed }) {
    for (const context of contexts) {
      const [page] = context.pages();
      if (failed && page) {
        fs.mkdirSync(out, { recursive: true });
        const file = path.join(out, `failed-${name.replace(/[^a-z0-9]+/gi, '-')}-${contexts.indexOf(context)}.png`);
        await page.screenshot({ path: file, fullPage: true, timeout: 5_000 }).catch(() => {});
      }
      await context.close().catch(() => {});
    }
    for (const copy of copies.values()) await copy.context().close().catch(() => {});
    return [...new Set(faults)];
  }

  return { site, browser, assert, skip, open, signIn, axe, shot, noSideways, noCookie, tabTo, press, type, focusSeen, fill, send, mistakes, outboxLink, register, close };
}
