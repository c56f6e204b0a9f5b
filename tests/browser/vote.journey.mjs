// A town votes on the name of its square: on the site, at the desk and on paper, from the options to the results, in
// both languages, with and without scripts. Then the keyboard alone, and every way of filling a ballot.

import fs from 'node:fs';
import path from 'node:path';
import { empty, journey, moment, png } from './harness.mjs';

const words = {
  fr: {
    town: 'Ville de Val-d’Orbe',
    process: 'Le nom de la place',
    filler: 'Le choix du nom est décidé par ce vote ; rien d’autre.',
    step: 'Le vote',
    options: ['Place du Marché', 'Place de la Paix', 'Place des Tilleuls'],
    body: 'Ainsi nommée depuis **1790**, dit la tradition.',
    alt: 'La place un jour de marché',
    registered: 'Noël',
    winner: /Place de la Paix l’emporte, sur 4 bulletins/,
    spoken: /l’emporte/,
    moved: 'Tout le monde a voté : le vote finit plus tôt.',
  },
  en: {
    town: 'Town of Orbe Valley',
    process: 'The name of the square',
    filler: 'The name is decided by this vote; nothing else is.',
    step: 'The vote',
    options: ['Market Square', 'Peace Square', 'Lime Tree Square'],
    body: 'So called since **1790**, tradition says.',
    alt: 'The square on a market day',
    registered: 'Noël',
    winner: /Peace Square wins, out of 4 ballots/,
    spoken: /wins/,
    moved: 'Everybody has voted: the vote ends earlier.',
  },
};

function atWork(tools, { locale, js }) {
  const tag = `${locale}${js ? '' : '-without-scripts'}`;
  const pictured = js || locale === 'fr';
  return {
    ...tools,
    w: words[locale],
    locale,
    to: (address) => `${tools.site.url}${address}`,
    both: (field, text) => ({ [`${field}_${locale}`]: text }),
    /** Looks at the page as it stands, and takes its pictures under this name. */
    look: async (page, label, name) => {
      await tools.axe(page, label);
      if (pictured && name) await tools.shot(page, `vote-${name}-${tag}`);
    },
  };
}

/** The site, its process, one open phase, and a vote in it. Gives the addresses. */
async function prepare(page, { to, w, locale, both, look, send, mistakes, assert, site }, { method = 'approval', rules = {} } = {}) {
  await page.goto(to('/'));
  const other = locale === 'fr' ? 'en' : 'fr';
  await send(page, '/setup', { name: w.town, languages: `${locale}-${other}`, email: 'mairie@example.org', colour: '#23457a', accent: '' });
  await page.goto(to('/admin/processes/new'));
  await send(page, '/admin/processes/new', both('title', w.process));
  const process = new URL(page.url()).pathname;
  await page.goto(to(`${process}/phases/new`));
  await send(page, `${process}/phases/new`, { ...both('phase_title', w.step), starts_at: moment(-1), ends_at: moment(30) });
  await page.goto(to(`${process}/edit`));
  const law = Object.assign({}, ...['summary', 'object', 'perimeter', 'duplicates_rule', 'method_note'].map((field) => both(field, w.filler)));
  assert.equal(await send(page, `${process}/edit`, { ...law, answer_due_at: moment(90).slice(0, 10), preset: 'open' }), 303);
  assert.equal(await send(page, `${process}/publish`), 303);

  await page.goto(to(`${process}/activities/new`));
  assert.equal(await send(page, `${process}/activities/new`, { component: 'vote', ...both('title', w.process) }), 303);
  const admin = new URL(page.url()).pathname;
  assert.ok((await page.locator('section[aria-labelledby="open"] li').count()) >= 2, 'what is missing is said');
  await look(page, 'vote, nothing ready', 'missing');

  await page.goto(to(`${admin}/options/new`));
  await mistakes(page, await send(page, `${admin}/options/new`, { link: 'nowhere' }), ['title_fr', 'link']);
  await look(page, 'option, mistakes', 'option-mistakes');
  const picture = path.join(site.folder, 'place.png');
  fs.writeFileSync(picture, png(320, 180, [94, 129, 90]));
  for (const [n, title] of w.options.entries()) {
    await page.goto(to(`${admin}/options/new`));
    const more = n === 0 ? { ...both('body', w.body), picture, ...both('alt', w.alt), link: 'https://example.org/place' } : {};
    assert.equal(await send(page, `${admin}/options/new`, { ...both('title', title), ...more }), 303);
  }
  // The third goes up, and down again.
  const third = page.locator('main ol.items > li').nth(2);
  await third.locator('button[value="up"]').click();
  await page.waitForLoadState('load');
  await page.locator('main ol.items > li').nth(1).locator('button[value="down"]').click();
  await page.waitForLoadState('load');
  assert.deepEqual(await page.locator('main ol.items h2').allInnerTexts(), w.options);
  await look(page, 'options', 'options');

  await page.goto(to(`${admin}/rules`));
  await mistakes(page, await send(page, `${admin}/rules`, { seats: '0' }), ['seats', 'ties']);
  await look(page, 'rules, mistakes', 'rules-mistakes');
  const form = { method, seats: '1', ties: 'options', roll: 'accounts', priority: 'first', ...rules };
  assert.equal(await send(page, `${admin}/rules`, form), 303);
  await look(page, 'rules', 'rules');
  await page.goto(to(admin));
  await page.locator('main form[action$="/publish"] button').click();
  await page.waitForLoadState('load');
  return { process, admin, base: admin.replace('/admin', '') };
}

/** Chooses, reads again, casts; gives the receipt. */
async function vote(page, base, choose, { to, look, send, assert }, name) {
  await page.goto(to(`${base}/ballot`));
  await choose(page);
  if (name) await look(page, 'ballot', `${name}-ballot`);
  assert.equal(await send(page, `${base}/ballot`), 200);
  if (name) await look(page, 'confirmation', `${name}-confirm`);
  const code = (await page.locator('.receipt-code').innerText()).trim();
  assert.match(code, /^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/);
  assert.equal(await send(page, `${base}/cast`), 200);
  assert.equal((await page.locator('.receipt-code').innerText()).trim(), code);
  if (name) await look(page, 'receipt', `${name}-receipt`);
  return code;
}

const approve = (...titles) => async (page) => {
  for (const title of titles) await page.getByRole('checkbox', { name: title }).check();
};

for (const js of [true, false]) {
  for (const locale of ['fr', 'en']) {
    journey(`a town votes on screens and on paper, ${locale}, scripts ${js ? 'on' : 'off'}`, { site: empty, seconds: 240 }, async (tools) => {
      const at = atWork(tools, { locale, js });
      const { w, to, look, send, mistakes, assert } = at;
      const [, peace, limes] = w.options;
      const page = await tools.open({ js, locale });
      const { process, admin, base } = await prepare(page, at, { rules: { paper: true, desk: true, changeable: true, double_entry: true } });

      // A visitor reads; a participant votes, comes back, replaces.
      const ana = await tools.open({ js, locale });
      await ana.goto(to(base));
      await look(ana, 'vote, open', 'open');
      await ana.goto(to(`${base}/ballot`));
      await look(ana, 'ballot, signed out', 'signed-out');
      await tools.register(ana, { to: 'ana@example.org', name: 'Ana', next: `${base}/ballot`, admin: page });
      const code = await vote(ana, base, approve(limes), at, 'web');
      await ana.goto(to(`${base}/ballot`));
      await look(ana, 'ballot, voted', 'voted');
      await ana.getByRole('checkbox', { name: peace }).check();
      await mistakes(ana, await send(ana, `${base}/ballot`, { receipt: '123' }), ['receipt']);
      assert.equal(await send(ana, `${base}/ballot`, { receipt: code.toLowerCase().replaceAll('-', ' ') }), 200);
      assert.equal(await send(ana, `${base}/cast`), 200);
      await ana.goto(to(`${base}/receipt`));
      await mistakes(ana, await send(ana, `${base}/receipt`, { receipt: `${code.slice(0, -1)}!` }), ['receipt']);
      assert.equal(await send(ana, `${base}/receipt`, { receipt: code }), 200);
      assert.ok((await ana.locator('.ballot-words').innerText()).includes(peace));
      await look(ana, 'receipt, checked', 'checked');
      const bob = await tools.open({ js, locale });
      await tools.register(bob, { to: 'bob@example.org', name: 'Bob', next: base, admin: page });
      await vote(bob, base, approve(peace), at);

      // Sealed now.
      await page.goto(to(`${admin}/options/new`));
      assert.equal(await send(page, `${admin}/options/new`, at.both('title', 'Trop tard')), 409);
      await look(page, 'options, sealed', 'sealed');

      // The desk: written down, signed; one on a screen, one on paper.
      await page.goto(to(`${admin}/desk`));
      await mistakes(page, await send(page, `${admin}/desk/register`, { birth_date: 'hier' }).then((s) => (s === 409 ? 422 : s)), ['last_name', 'birth_date']);
      for (const last of [w.registered, 'Petit']) {
        await page.goto(to(`${admin}/desk`));
        assert.equal(await send(page, `${admin}/desk/register`, { last_name: last, first_name: 'Ève' }), 200);
      }
      await page.goto(to(`${admin}/desk?q=noel`));
      await look(page, 'desk, found', 'desk');
      await page.locator('main button[name="action"][value="desk"]').click();
      await page.waitForLoadState('load');
      const pass = (await page.locator('.receipt-code').innerText()).trim();
      await look(page, 'desk, code', 'desk-code');
      const kiosk = await tools.open({ js, locale });
      await kiosk.goto(to(`${base}/booth`));
      await mistakes(kiosk, await send(kiosk, `${base}/booth`, { pass: '0000-0000-0001' }), ['pass']);
      await look(kiosk, 'booth', 'booth');
      assert.equal(await send(kiosk, `${base}/booth`, { pass }), 200);
      await kiosk.getByRole('checkbox', { name: peace }).check();
      assert.equal(await send(kiosk, `${base}/ballot`), 200);
      assert.equal(await send(kiosk, `${base}/cast`), 200);
      await page.goto(to(`${admin}/desk?q=petit`));
      await page.locator('main button[name="action"][value="paper"]').click();
      await page.waitForLoadState('load');
      await look(page, 'desk, paper', 'desk-paper');

      // Paper: printed in large letters, keyed by two people who do not read the same, settled.
      await page.goto(to(`${admin}/paper`));
      await look(page, 'paper', 'paper');
      assert.equal(await send(page, `${admin}/paper/print`, { size: '2', language: locale, format: 'large' }), 200);
      await look(page, 'sheets', 'sheets');
      const sheet = (await page.locator('.sheet-code strong').first().innerText()).trim();
      await page.goto(to('/admin/participants'));
      assert.equal(await send(page, '/admin/participants', { email: 'agent@example.org', new_role: 'moderator' }), 303);
      const agent = await tools.open({ js, locale });
      await agent.goto(to('/sign-in'));
      await send(agent, '/sign-in', { email: 'agent@example.org' });
      await agent.goto(await tools.outboxLink({ to: 'agent@example.org', admin: page, pattern: /sign-in\// }));
      await agent.locator('main form button').first().click();
      await agent.waitForLoadState('load');
      if (agent.url().includes('welcome')) await send(agent, '/welcome', { pseudonym: 'Agent', terms: true });
      await agent.goto(to(`${admin}/paper/enter`));
      await mistakes(agent, await send(agent, `${admin}/paper/enter`, { code: sheet.replace(/.$/, (c) => (c === '3' ? '4' : '3')) }), ['code']);
      await look(agent, 'entry, mistyped', 'entry');
      for (const [who, title] of [[agent, peace], [page, limes]]) {
        await who.goto(to(`${admin}/paper/enter`));
        await who.getByRole('checkbox', { name: title }).check();
        assert.equal(await send(who, `${admin}/paper/enter`, { code: sheet }), 200);
      }
      await page.goto(to(`${admin}/paper/differences`));
      await look(page, 'differences', 'differences');
      await page.goto(to(`${admin}/paper/differences/again`));
      await look(page, 'a sheet read anew', 'again');
      await page.goto(to(`${admin}/paper/differences`));
      assert.equal(await send(page, `${admin}/paper/differences`, {}, { button: 'button[value="first"]' }), 303);

      // The end of the phase, the box, the report, the results.
      await page.goto(to(process));
      const phase = await page.locator('main a[href^="/admin/phases/"]').first().getAttribute('href');
      await page.goto(to(phase));
      await look(page, 'phase of a vote that has begun', 'phase-sealed');
      await mistakes(page, await send(page, phase, { ends_at: moment(-0.01), [`closing_reason_${locale}`]: w.moved.slice(0, 9) }), ['closing_reason_fr']);
      assert.equal(await send(page, phase, { [`closing_reason_${locale}`]: w.moved }), 303);
      await bob.goto(to(`${base}/ballot`));
      await look(bob, 'ballot, closed', 'closed');
      await page.goto(to(`${admin}/paper/sheet`));
      await mistakes(page, await send(page, `${admin}/paper/sheet`, { numbers: '99' }), ['numbers']);
      await look(page, 'a signed sheet, mistakes', 'sheet-mistakes');
      await page.goto(to(`${admin}/paper/sheet/print`));
      await look(page, 'the roll to sign', 'roll-to-sign');
      await page.goto(to(`${admin}/report`));
      await look(page, 'report, before closing', 'report-before');
      assert.equal(await send(page, `${admin}/report`), 303);
      await look(page, 'report', 'report');
      await page.goto(to(`${admin}/results`));
      await look(page, 'results, before publication', 'admin-results');
      assert.equal(await send(page, `${admin}/results`), 303);
      const reader = await tools.open({ js, locale });
      await reader.goto(to(`${base}/results`));
      assert.match(await reader.locator('main .lede').innerText(), w.winner);
      assert.ok((await reader.locator('main').innerText()).includes(w.moved), 'why the closing was moved is said');
      await look(reader, 'results', 'results');
      await tools.noCookie(reader);
      await page.goto(to(`${admin}/roll`));
      await look(page, 'roll', 'roll');
    });
  }
}

const faces = [
  ['irv', async (page, [first, second]) => {
    await page.getByLabel(first).fill('2');
    await page.getByLabel(second).fill('1');
  }],
  ['majority-judgement', async (page, options, grades) => {
    for (const [n, title] of options.entries()) {
      await page.getByRole('group', { name: title }).getByRole('radio', { name: grades[n], exact: true }).check();
    }
  }],
  ['d21', async (page, [first, second], _, plus) => {
    for (const title of [first, second]) await page.getByRole('group', { name: title }).getByRole('radio', { name: plus, exact: true }).check();
  }],
];
for (const [method, choose] of faces) {
  journey(`a ballot of ${method} is filled and explained`, { site: empty, seconds: 120 }, async (tools) => {
    const at = atWork(tools, { locale: 'fr', js: true });
    const { w, to, look, send, assert } = at;
    const page = await tools.open({ js: true, locale: 'fr' });
    const { process, admin, base } = await prepare(page, at, { method });
    for (const name of ['Ana', 'Bob']) {
      const who = await tools.open({ js: name === 'Ana', locale: 'fr' });
      await tools.register(who, { to: `${name}@example.org`, name, next: base, admin: page });
      await vote(who, base, (p) => choose(p, w.options, ['Bien', 'Excellent', 'Passable'], 'Plus'), at, name === 'Ana' ? method : '');
    }
    await page.goto(to(process));
    const phase = await page.locator('main a[href^="/admin/phases/"]').first().getAttribute('href');
    await page.goto(to(phase));
    assert.equal(await send(page, phase, { ends_at: moment(-0.01), closing_reason_fr: w.moved }), 303);
    await page.goto(to(`${admin}/report`));
    assert.equal(await send(page, `${admin}/report`), 303);
    await page.goto(to(`${admin}/results`));
    assert.equal(await send(page, `${admin}/results`), 303);
    await page.goto(to(`${base}/results`));
    assert.match(await page.locator('main .lede').innerText(), w.spoken);
    await look(page, `results of ${method}`, `${method}-results`);
  });
}

journey('a ranked ballot is filled and cast with the keyboard alone', { site: empty, seconds: 120 }, async (tools) => {
  const at = atWork(tools, { locale: 'fr', js: false });
  const { w, to, type, press, focusSeen, assert } = at;
  const page = await tools.open({ js: false, locale: 'fr' });
  const { base } = await prepare(page, at, { method: 'schulze' });
  const ana = await tools.open({ js: false, locale: 'fr' });
  await tools.register(ana, { to: 'ana@example.org', name: 'Ana', next: base, admin: page });
  await ana.goto(to(base));
  await press(ana, 'link', 'Voter', { within: ana.locator('main') });
  await ana.waitForURL(/ballot$/);
  await type(ana, w.options[1], '1');
  await focusSeen(ana);
  await type(ana, w.options[2], '2');
  await press(ana, 'button', 'Relire mon bulletin');
  await ana.locator('.receipt-code').waitFor();
  await press(ana, 'button', 'Mettre dans l’urne');
  await ana.locator('.notice-success').waitFor();
  assert.ok((await ana.locator('.ballot-words').innerText()).includes(w.options[1]));
});
