// Runs every journey of this folder, or those whose file or name holds a word given on the command line:
//
//   node run.mjs [--pictures] [WORD…]
//
// One browser for all; in each lane, one site for the journeys of a file that ask for the same kind of site.

import fs from 'node:fs';
import path from 'node:path';
import { demo, empty, here, isSkip, journeys, launch, takePictures, tools } from './harness.mjs';

const asked = process.argv.slice(2);
const words = asked.filter((word) => word !== '--pictures');
if (asked.length > words.length) takePictures();
const files = fs.readdirSync(here).filter((file) => file.endsWith('.journey.mjs')).sort();
for (const file of files) {
  const first = journeys.length;
  await import(path.join(here, file));
  for (const one of journeys.slice(first)) one.file = file;
}
const chosen = journeys.filter(({ name, file }) => words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)));

// A journey waits for the browser, and the browser for the program: three lanes fill a machine of two cores. The long
// files come first, so that no lane is left alone with one.
const LANES = 3;
const longest = new Map();
for (const { file, seconds } of chosen) longest.set(file, Math.max(seconds, longest.get(file) ?? 0));
const queue = chosen.map((one, place) => ({ one, place })).sort((a, b) => longest.get(b.one.file) - longest.get(a.one.file) || a.place - b.place).map(({ one }) => one);

const sums = { passed: 0, failed: 0, skipped: 0 };
const browser = await launch();

function indented(error) {
  const text = error instanceof Error && error.name !== 'Error' ? error.stack : (error?.message ?? String(error));
  return text.split('\n').filter((line) => !/node:internal|node_modules/.test(line)).map((line) => `    ${line}`).join('\n');
}

/** Runs a journey on the site that `start` gives, and says how it ended. */
async function walk(one, start) {
  const from = Date.now();
  let timer;
  let given;
  let fault;
  let skipped;
  try {
    const started = await start();
    given = tools(browser, started, one.name);
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not over after ${one.seconds} s`)), one.seconds * 1000);
    });
    await Promise.race([one.run(given), late]);
  } catch (error) {
    if (isSkip(error)) skipped = error.message;
    else fault = error;
  }
  clearTimeout(timer);
  const faults = (await given?.close({ failed: Boolean(fault) })) ?? [];
  if (typeof one.site === 'function') await given?.site.stop();
  const seconds = ((Date.now() - from) / 1000).toFixed(1);
  if (skipped !== undefined && faults.length === 0) {
    sums.skipped += 1;
    console.log(`skip ${one.name}: ${skipped}`);
  } else if (fault || faults.length > 0) {
    sums.failed += 1;
    const lines = [`not ok ${one.name} (${one.file}, ${seconds} s)`];
    if (fault) lines.push(indented(fault));
    for (const line of faults) lines.push(`    ${line}`);
    console.log(lines.join('\n'));
  } else {
    sums.passed += 1;
    console.log(`ok ${one.name} (${seconds} s)`);
  }
}

/** Walks journeys of the queue until none is left, on sites that no other lane knows. */
async function lane() {
  const starts = { demo, empty };
  const sites = new Map();
  const end = async () => {
    for (const started of sites.values()) await started.then((one) => one.stop()).catch(() => {});
    sites.clear();
  };
  let file;
  for (let one = queue.shift(); one; one = queue.shift()) {
    if (one.file !== file) await end();
    file = one.file;
    const kind = one.site;
    await walk(one, () => {
      if (typeof kind === 'function') return kind();
      if (!sites.has(kind)) sites.set(kind, starts[kind]());
      return sites.get(kind);
    });
  }
  await end();
}

await Promise.all(Array.from({ length: LANES }, lane));
await browser.close();
console.log(`${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped`);
process.exit(sums.failed === 0 ? 0 : 1);
