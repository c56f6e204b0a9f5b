// Runs every journey of this folder, or those whose file or name holds a word given on the command line:
//
//   node run.mjs [WORD…]
//
// One browser for all; one site for the journeys of a file that ask for the same kind of site.

import fs from 'node:fs';
import path from 'node:path';
import { demo, empty, here, isSkip, journeys, launch, tools } from './harness.mjs';

const words = process.argv.slice(2);
const files = fs.readdirSync(here).filter((file) => file.endsWith('.journey.mjs')).sort();
for (const file of files) {
  const first = journeys.length;
  await import(path.join(here, file));
  for (const one of journeys.slice(first)) one.file = file;
}
const chosen = journeys.filter(({ name, file }) => words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)));

const sums = { passed: 0, failed: 0, skipped: 0 };
const browser = await launch();
const sites = new Map();

function site({ file, site: kind }) {
  const key = `${file} ${typeof kind === 'string' ? kind : journeys.length}`;
  const starts = { demo, empty };
  if (typeof kind === 'function') return kind();
  if (!sites.has(key)) sites.set(key, starts[kind]());
  return sites.get(key);
}

async function endSites() {
  for (const started of sites.values()) await started.then((one) => one.stop()).catch(() => {});
  sites.clear();
}

function indented(error) {
  const text = error instanceof Error && error.name !== 'Error' ? error.stack : (error?.message ?? String(error));
  return text.split('\n').filter((line) => !/node:internal|node_modules/.test(line)).map((line) => `    ${line}`).join('\n');
}

let file = '';
for (const one of chosen) {
  if (one.file !== file) await endSites();
  file = one.file;
  const from = Date.now();
  let timer;
  let given;
  let fault;
  let skipped;
  try {
    const started = await site(one);
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
    console.log(`not ok ${one.name} (${one.file}, ${seconds} s)`);
    if (fault) console.log(indented(fault));
    for (const line of faults) console.log(`    ${line}`);
  } else {
    sums.passed += 1;
    console.log(`ok ${one.name} (${seconds} s)`);
  }
}
await endSites();
await browser.close();
console.log(`${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped`);
process.exit(sums.failed === 0 ? 0 : 1);
