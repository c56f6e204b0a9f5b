// A town votes on its participatory budget: rules tried on a past budget, then chosen; ballots on screens and on paper, the
// bar that counts, one district and the whole town; the box, the results, why each project won or what it missed. In both
// languages, with and without scripts.

import fs from 'node:fs';
import path from 'node:path';
import { empty, journey, moment } from './harness.mjs';

const words = {
  fr: {
    moved: 'Tout le monde a voté : le vote finit plus tôt.',
    town: 'Ville de Val-d’Orbe',
    process: 'Le budget participatif',
    filler: 'Les projets retenus par ce vote sont réalisés.',
    step: 'Le vote',
    envelopes: [['Nord', '500', false], ['Sud', '400', false], ['Toute la ville', '1000', true]],
    projects: [['Jeux', 'Nord', '300'], ['Arbres', 'Nord', '250'], ['Piste', 'Sud', '400'], ['Haie', 'Sud', '100'], ['Bus', 'Toute la ville', '900'], ['Marché', 'Toute la ville', '100']],
    left: /Il vous reste/,
    over: /Vous dépassez/,
    short: /Pas encore assez/,
    least: /il faut au moins 200/,
    how: /Comment ce vote fonctionne[^]*le premier vote compte/i,
    paid: /a aidé à payer/,
    lead: /projets sont retenus sur 6/,
    won: /est retenu/,
    lost: /n’est pas retenu/,
    shares: /Parts égales/,
    imported: /Ce budget a eu lieu ailleurs/,
  },
  en: {
    moved: 'Everybody has voted: the vote ends earlier.',
    town: 'Town of Orbe Valley',
    process: 'The participatory budget',
    filler: 'The projects that win this vote are built.',
    step: 'The vote',
    envelopes: [['North', '500', false], ['South', '400', false], ['The whole town', '1000', true]],
    projects: [['Games', 'North', '300'], ['Trees', 'North', '250'], ['Cycle path', 'South', '400'], ['Hedge', 'South', '100'], ['Bus', 'The whole town', '900'], ['Market', 'The whole town', '100']],
    left: /You have/,
    over: /You are/,
    short: /Not enough yet/,
    least: /at least €200/,
    how: /How this vote works[^]*the first vote counts/i,
    paid: /helped to pay for/,
    lead: /projects win of 6/,
    won: /wins, for/,
    lost: /does not win/,
    shares: /Equal shares/,
    imported: /This budget was held elsewhere/,
  },
};

const past = `META
key;value
description;A budget of elsewhere
country;France
unit;Elsewhere
instance;2023
num_projects;3
num_votes;4
budget;1000
vote_type;approval
rule;greedy
date_begin;01.05.2023
date_end;14.05.2023
PROJECTS
project_id;cost;votes;name;selected
A;600;3;Library;1
B;500;2;Pool;0
C;400;1;Trees;1
VOTES
voter_id;vote
1;A,B
2;A
3;B,A
4;C
`;

function atWork(tools, { locale, js }) {
  const tag = `${locale}${js ? '' : '-without-scripts'}`;
  return {
    ...tools,
    w: words[locale],
    locale,
    to: (address) => `${tools.site.url}${address}`,
    both: (field, text) => ({ [`${field}_${locale}`]: text }),
    look: async (page, label, name) => {
      await tools.axe(page, label);
      if (name) await tools.shot(page, `budgetvote-${name}-${tag}`);
    },
  };
}

/** The site, its process, one open phase, and a budget with envelopes and projects. Gives the addresses. */
async function prepare(page, { to, w, locale, both, look, send, mistakes, assert }) {
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
  assert.equal(await send(page, `${process}/activities/new`, { component: 'budget', ...both('title', w.process) }), 303);
  const admin = new URL(page.url()).pathname;
  for (const [name, amount, everybody] of w.envelopes) {
    await page.goto(to(`${admin}/envelopes/new`));
    assert.equal(await send(page, `${admin}/envelopes/new`, { ...both('name', name), amount, everybody }), 303);
  }
  for (const [title, district, cost] of w.projects) {
    await page.goto(to(`${admin}/projects/new`));
    const value = await page.locator('select[name="district"] option', { hasText: district }).first().getAttribute('value');
    assert.equal(await send(page, `${admin}/projects/new`, { ...both('title', title), district: value, cost }), 303);
  }
  await page.goto(to(`${admin}/rules`));
  await mistakes(page, await send(page, `${admin}/rules`, { most: 'x' }), ['most', 'ties']);
  await look(page, 'rules, mistakes', 'rules-mistakes');
  const form = {
    face: 'knapsack', reach: 'one', least: '0', least_share: '20', most: '', rule: 'equal-shares', satisfaction: 'cost', completion: 'add1u',
    ties: 'by-votes', roll: 'accounts', priority: 'first', paper: true, desk: true, double_entry: false, changeable: true,
  };
  assert.equal(await send(page, `${admin}/rules`, form), 303);
  await look(page, 'rules', 'rules');
  await page.goto(to(admin));
  await page.locator('main form[action$="/publish"] button').click();
  await page.waitForLoadState('load');
  return { process, admin, base: admin.replace('/admin', '') };
}

for (const js of [true, false]) {
  for (const locale of ['fr', 'en']) {
    journey(`a town votes on its budget, ${locale}, scripts ${js ? 'on' : 'off'}`, { site: empty, seconds: 300 }, async (tools) => {
      const at = atWork(tools, { locale, js });
      const { w, to, look, send, mistakes, assert, site } = at;
      const page = await tools.open({ js, locale });
      const { process, admin, base } = await prepare(page, at);
      const file = path.join(site.folder, 'past.pb');
      fs.writeFileSync(file, past);
      const [games, , piste, hedge, bus, market] = w.projects.map(([title]) => title);

      // The organiser tries rules on a past budget, which nothing keeps.
      await page.goto(to('/admin/simulate/budget'));
      await mistakes(page, await send(page, '/admin/simulate/budget', { ties: 'lot' }), ['file', 'seed']);
      assert.equal(await send(page, '/admin/simulate/budget', { file, ties: 'by-cost', threshold: '1' }), 200);
      assert.match(await page.locator('main').innerText(), w.shares);
      await look(page, 'simulator', 'simulator');

      // Whoever comes reads the rules before they vote.
      const first = await tools.open({ js, locale });
      await first.goto(to(base));
      assert.match(await first.locator('main').innerText(), w.how);
      await look(first, 'the rules of the vote', 'how');
      await first.locator('section[aria-labelledby="how"] dd a').first().click();
      await first.waitForURL('**/methods/budgets/equal-shares');
      await look(first, 'the rule explained', 'explained');

      // A ballot over its envelope is refused with everything kept; then one that fits.
      const ana = await tools.open({ js, locale });
      await ana.goto(to(`${base}/ballot`));
      await look(ana, 'ballot, signed out', 'signed-out');
      await tools.register(ana, { to: 'ana@example.org', name: 'Ana', next: `${base}/ballot`, admin: page });
      await ana.goto(to(`${base}/ballot`));
      const tick = async (who, title) => {
        const id = await who.locator('label[for^="approve-"]', { hasText: title }).first().getAttribute('for');
        const box = who.locator(`[id="${id}"]`);
        if (!(await box.isVisible())) await who.locator('details.ballot-district', { has: box }).locator('summary').first().click();
        await box.check();
      };
      await ana.getByRole('radio', { name: w.envelopes[0][0] }).check();
      for (const title of [games, w.projects[1][0], bus]) await tick(ana, title);
      if (js) assert.match(await ana.locator('.spend-words').first().innerText(), w.over);
      assert.equal(await send(ana, `${base}/ballot`), 422);
      await look(ana, 'ballot, over its envelope', 'over');
      await ana.getByRole('checkbox', { name: w.projects[1][0] }).uncheck();
      if (js) assert.match(await ana.locator('.spend-words').first().innerText(), w.left);
      await look(ana, 'ballot', 'ballot');
      assert.equal(await send(ana, `${base}/ballot`), 200);
      await look(ana, 'confirmation', 'confirm');
      assert.equal(await send(ana, `${base}/cast`), 200);
      await look(ana, 'receipt', 'receipt');
      const bob = await tools.open({ js, locale });
      await tools.register(bob, { to: 'bob@example.org', name: 'Bob', next: `${base}/ballot`, admin: page });
      await bob.goto(to(`${base}/ballot`));
      await bob.getByRole('radio', { name: w.envelopes[1][0] }).check();
      for (const title of [hedge, market]) await tick(bob, title);
      // The market alone is too little of the envelope of the whole town; nothing at all is a blank ballot.
      if (js) assert.match(await bob.locator('.spend-words').last().innerText(), w.short);
      assert.equal(await send(bob, `${base}/ballot`), 422);
      assert.match(await bob.locator('main').innerText(), w.least);
      await look(bob, 'ballot, too little of its envelope', 'short');
      await bob.getByRole('checkbox', { name: market }).uncheck();
      assert.equal(await send(bob, `${base}/ballot`), 200);
      assert.equal(await send(bob, `${base}/cast`), 200);

      // Sealed now.
      await page.goto(to(`${admin}/rules`));
      assert.equal(await page.locator('main form[action$="/rules"] button').count(), 0);
      await look(page, 'rules, sealed', 'sealed');

      // Paper: signed, printed, keyed.
      await page.goto(to(`${admin}/desk`));
      assert.equal(await send(page, `${admin}/desk/register`, { last_name: 'Noël', first_name: 'Ève' }), 200);
      await page.goto(to(`${admin}/desk?q=noel`));
      await page.locator('main button[name="action"][value="paper"]').click();
      await page.waitForLoadState('load');
      await page.goto(to(`${admin}/paper`));
      assert.equal(await send(page, `${admin}/paper/print`, { size: '1', language: locale, format: 'large' }), 200);
      assert.equal(await page.locator('.sheet h3').count(), 3);
      await look(page, 'sheets', 'sheets');
      const sheet = (await page.locator('.sheet-code strong').first().innerText()).trim();
      await page.goto(to(`${admin}/paper/enter`));
      await tick(page, piste);
      await look(page, 'entry', 'entry');
      assert.equal(await send(page, `${admin}/paper/enter`, { code: sheet }), 200);

      // The end of the phase, the box, the results.
      await page.goto(to(process));
      const phase = await page.locator('main a[href^="/admin/phases/"]').first().getAttribute('href');
      await page.goto(to(phase));
      assert.equal(await send(page, phase, { ends_at: moment(-0.01), [`closing_reason_${locale}`]: w.moved }), 303);
      await page.goto(to(`${admin}/results`));
      await look(page, 'results, hidden', 'hidden');
      await page.goto(to(`${admin}/report`));
      assert.equal(await send(page, `${admin}/report`), 303);
      await page.goto(to(`${admin}/results`));
      await look(page, 'results, before publication', 'preview');
      assert.equal(await send(page, `${admin}/results`), 303);
      const reader = await tools.open({ js, locale });
      await reader.goto(to(`${base}/results`));
      assert.match(await reader.locator('main .lede').innerText(), w.lead);
      await look(reader, 'results', 'results');
      const why = await reader.locator('main td a[href*="/results/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
      assert.equal(why.length, 6);
      await reader.goto(to(why[0]));
      assert.match(await reader.locator('main .lede').innerText(), w.won);
      await look(reader, 'why it won', 'won');
      await reader.goto(to(why[1]));
      assert.match(await reader.locator('main .lede').innerText(), w.lost);
      await look(reader, 'what it missed', 'lost');
      await reader.goto(to(`${base}/my-share`));
      await reader.getByRole('checkbox', { name: games }).check();
      assert.equal(await send(reader, `${base}/my-share`), 200);
      assert.match(await reader.locator('main').innerText(), w.paid);
      await look(reader, 'what my share paid', 'share');
      await tools.noCookie(reader);

      // The past budget becomes a closed one, with its own results; a second time changes nothing.
      await page.goto(to('/admin/import/pabulib'));
      await mistakes(page, await send(page, '/admin/import/pabulib', {}), ['file']);
      await look(page, 'import, mistakes', 'import-mistakes');
      assert.equal(await send(page, '/admin/import/pabulib', { file }, { button: 'button[value="check"]' }), 200);
      await look(page, 'import, checked', 'import');
      assert.equal(await send(page, '/admin/import/pabulib', { file }, { button: 'button[value="write"]' }), 303);
      assert.match(await page.locator('main').innerText(), w.imported);
      await look(page, 'imported results', 'imported');
    });
  }
}
