// A town makes its participatory budget: envelopes with their outlines, ideas with a place, their study, two ideas
// joined, a project; then the vote, online and on paper, its results, and what becomes of the winner. In both languages,
// with and without scripts.

import fs from 'node:fs';
import path from 'node:path';
import { empty, journey, moment, png } from './harness.mjs';

const words = {
  fr: {
    moved: 'Tout le monde a voté : le vote finit plus tôt.',
    town: 'Ville de Val-d’Orbe',
    process: 'Budget participatif',
    filler: 'Une part du budget d’équipement, décidée par les habitants.',
    steps: ['Le dépôt des idées', 'Le vote'],
    districts: ['Rive droite', 'Rive gauche'],
    category: 'Nature en ville',
    ideas: ['Un verger au bord de l’Orbe', 'Des arbres fruitiers le long de l’Orbe'],
    body: 'Planter vingt pommiers et poiriers sur la friche, pour les promeneurs et les écoles.',
    address: 'Quai de l’Orbe',
    reason: 'Le terrain appartient à la ville et le sol est bon.',
    note: 'Vérifier le réseau d’eau.',
    project: 'Le verger de l’Orbe',
    other: 'La passerelle de bois',
    lead: /2 projets sont retenus sur 2/,
    won: /est retenu/,
    alt: 'La friche, vue du pont',
    feasible: /Réalisable/,
    joined: /Réunie à une autre/,
    step: 'Le sol est analysé et les arbres sont commandés.',
    promised: /Promis pour le/,
  },
  en: {
    moved: 'Everybody has voted: the vote ends earlier.',
    town: 'Town of Orbe Valley',
    process: 'Participatory budget',
    filler: 'A part of the budget, decided by those who live here.',
    steps: ['Ideas', 'Vote'],
    districts: ['Right bank', 'Left bank'],
    category: 'Nature in town',
    ideas: ['An orchard by the Orbe', 'Fruit trees along the Orbe'],
    body: 'Plant twenty apple and pear trees on the waste land, for walkers and for the schools.',
    address: 'Orbe quay',
    reason: 'The town owns the land and the ground is good.',
    note: 'Check the water pipes.',
    project: 'The Orbe orchard',
    other: 'The wooden footbridge',
    lead: /2 projects win of 2/,
    won: /wins, for/,
    alt: 'The waste land, seen from the bridge',
    feasible: /Feasible/,
    joined: /Joined to another/,
    step: 'The ground is tested and the trees are ordered.',
    promised: /Promised by/,
  },
};

/** A square of a tenth of a degree, from this longitude. */
const square = (west) => JSON.stringify({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Polygon', coordinates: [[[west, 48], [west + 0.1, 48], [west + 0.1, 48.1], [west, 48.1], [west, 48]]] },
});

function atWork(tools, { locale, js }) {
  const tag = `${locale}${js ? '' : '-without-scripts'}`;
  const pictured = js || locale === 'fr';
  return {
    ...tools,
    w: words[locale],
    js,
    locale,
    to: (address) => `${tools.site.url}${address}`,
    both: (field, text) => ({ [`${field}_${locale}`]: text }),
    /** Looks at the page as it stands, and takes its pictures under this name. */
    look: async (page, label, name) => {
      await tools.axe(page, label);
      if (pictured && name) await tools.shot(page, `budget-${name}-${tag}`);
    },
  };
}

/** The site, its process and its two phases, the budget with its envelopes, its categories and its rules. */
async function prepare(page, { to, w, locale, both, look, send, mistakes, assert, site }) {
  await page.goto(to('/'));
  const other = locale === 'fr' ? 'en' : 'fr';
  await send(page, '/setup', { name: w.town, languages: `${locale}-${other}`, email: 'mairie@example.org', colour: '#23457a', accent: '' });
  await page.goto(to('/admin/processes/new'));
  await send(page, '/admin/processes/new', both('title', w.process));
  const process = new URL(page.url()).pathname;
  for (const [title, starts, ends] of [[w.steps[0], -1, 30], [w.steps[1], 60, 90]]) {
    await page.goto(to(`${process}/phases/new`));
    await send(page, `${process}/phases/new`, { ...both('phase_title', title), starts_at: moment(starts), ends_at: moment(ends) });
  }
  await page.goto(to(`${process}/edit`));
  const law = Object.assign({}, ...['summary', 'object', 'perimeter', 'duplicates_rule', 'method_note'].map((field) => both(field, w.filler)));
  assert.equal(await send(page, `${process}/edit`, { ...law, answer_due_at: moment(120).slice(0, 10), preset: 'open' }), 303);
  assert.equal(await send(page, `${process}/publish`), 303);

  await page.goto(to(`${process}/activities/new`));
  const vote = await page.locator('select[name="phase"] option').last().getAttribute('value');
  assert.equal(await send(page, `${process}/activities/new`, { component: 'budget', ...both('title', w.process), phase: vote }), 303);
  const admin = new URL(page.url()).pathname;
  await look(page, 'budget, nothing ready', 'missing');

  await page.goto(to(`${admin}/envelopes/new`));
  await mistakes(page, await send(page, `${admin}/envelopes/new`, { amount: '0', outline: '{' }), ['name_fr', 'amount', 'outline']);
  await look(page, 'envelope, mistakes', 'envelope-mistakes');
  for (const [n, name] of w.districts.entries()) {
    await page.goto(to(`${admin}/envelopes/new`));
    const outline = path.join(site.folder, `outline-${n}.geojson`);
    fs.writeFileSync(outline, square(6.5 + n / 10));
    const sent = { ...both('name', name), amount: locale === 'fr' ? '80 000' : '80,000', outline_file: outline, ...both('body', w.filler) };
    assert.equal(await send(page, `${admin}/envelopes/new`, sent), 303);
  }
  await look(page, 'envelopes', 'envelopes');
  const envelope = await page.locator(`main a[href^="${admin}/envelopes/"]`).nth(1).getAttribute('href');
  await page.goto(to(envelope));
  await look(page, 'envelope', 'envelope');
  await page.goto(to(`${admin}/categories`));
  await mistakes(page, await send(page, `${admin}/categories`), ['name_fr']);
  assert.equal(await send(page, `${admin}/categories`, both('name', w.category)), 303);
  await look(page, 'categories', 'categories');

  await page.goto(to(`${admin}/ideas-rules`));
  await mistakes(page, await send(page, `${admin}/ideas-rules`, { most: '0', edit_hours: 'x' }), ['most', 'edit_hours']);
  const deposit = await page.locator('input[name="phase"]').evaluateAll((all) => all.map((one) => one.value).filter(Boolean)[0]);
  assert.equal(await send(page, `${admin}/ideas-rules`, { phase: deposit, most: '3', edit_hours: '24' }), 303);
  await look(page, 'rules of ideas', 'ideas-rules');
  await page.goto(to(admin));
  await page.locator('main form[action$="/publish"] button').click();
  await page.waitForLoadState('load');
  await page.goto(to(admin));
  await look(page, 'budget, dashboard', 'dashboard');
  return { process, admin, base: admin.replace('/admin', '') };
}

/** Writes an idea, reads it again, publishes it; gives its address. */
async function deposit(page, base, title, { to, w, look, send, mistakes, assert, js, locale }, name) {
  await page.goto(to(`${base}/ideas/new`));
  await page.locator('main details:has([name="latitude"]) summary').click();
  if (name) {
    await mistakes(page, await send(page, `${base}/ideas/new`, { title: 'x', latitude: '0', longitude: '0' }), ['title', 'body', 'latitude']);
    await look(page, 'idea, mistakes', `${name}-mistakes`);
  }
  const form = { title, body: w.body, address: w.address, latitude: '', longitude: '' };
  const category = page.locator('select[name="category"] option').nth(1);
  const sent = { ...form, category: await category.getAttribute('value') };
  if (js) {
    // A click on the map fills the coordinates; without scripts one types them.
    await page.locator('svg[data-picks]').click({ position: { x: 200, y: 120 } });
    assert.match(await page.locator('[name="latitude"]').inputValue(), /^48[.,]\d+$/);
    sent.latitude = await page.locator('[name="latitude"]').inputValue();
    sent.longitude = await page.locator('[name="longitude"]').inputValue();
  } else {
    Object.assign(sent, locale === 'fr' ? { latitude: '48,05', longitude: '6,55' } : { latitude: '48.05', longitude: '6.55' });
  }
  assert.equal(await send(page, `${base}/ideas/new`, sent), 303);
  if (page.url().includes('/drafts/') && (await page.locator('a.button[href$="step=preview"]').count())) {
    await look(page, 'similar ideas', name && `${name}-similar`);
    await page.locator('a.button[href$="step=preview"]').click();
    await page.waitForLoadState('load');
  }
  if (name) await look(page, 'idea, preview', `${name}-preview`);
  await page.locator('button[name="action"][value="publish"]').click();
  await page.waitForLoadState('load');
  assert.equal((await page.locator('h1').innerText()).trim(), title);
  if (name) await look(page, 'idea', name);
  return new URL(page.url()).pathname;
}

/** The vote on the projects: its rules, its dates, a ballot on a screen, one on paper; the box, the results. */
async function vote(page, ana, { process, admin, base }, { to, w, locale, both, look, send, assert, tools, js }) {
  await page.goto(to(`${admin}/projects/new`));
  const second = await page.locator('select[name="district"] option', { hasText: w.districts[0] }).first().getAttribute('value');
  assert.equal(await send(page, `${admin}/projects/new`, { ...both('title', w.other), district: second, cost: '9000' }), 303);
  await page.goto(to(admin));
  await look(page, 'budget, the vote is not ready', 'not-ready');
  await page.goto(to(`${admin}/rules`));
  const rules = {
    face: 'approve', reach: 'all', least: '0', most: '', rule: 'equal-shares', satisfaction: 'cost', completion: 'add1u',
    ties: 'by-votes', roll: 'accounts', priority: 'first', paper: true, desk: false, double_entry: false, changeable: true,
  };
  assert.equal(await send(page, `${admin}/rules`, rules), 303);
  await page.goto(to(process));
  const phases = await page.locator('main a[href^="/admin/phases/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  const [first, last] = [phases[0], phases.at(-1)];
  await page.goto(to(first));
  assert.equal(await send(page, first, { ends_at: moment(-0.5) }), 303);
  await page.goto(to(last));
  assert.equal(await send(page, last, { starts_at: moment(-0.4), ends_at: moment(20) }), 303);
  await ana.goto(to(base));
  await look(ana, 'budget, the vote is open', 'open');
  await ana.goto(to(`${base}/ballot`));
  for (const title of [w.project, w.other]) await ana.getByRole('checkbox', { name: title }).check();
  await look(ana, 'ballot', 'ballot');
  assert.equal(await send(ana, `${base}/ballot`), 200);
  assert.equal(await send(ana, `${base}/cast`), 200);
  await page.goto(to(`${admin}/desk`));
  assert.equal(await send(page, `${admin}/desk/register`, { last_name: 'Noël', first_name: 'Ève' }), 200);
  await page.goto(to(`${admin}/desk?q=noel`));
  await page.locator('main button[name="action"][value="paper"]').click();
  await page.waitForLoadState('load');
  await page.goto(to(`${admin}/paper`));
  assert.equal(await send(page, `${admin}/paper/print`, { size: '1', language: locale, format: 'large' }), 200);
  const sheet = (await page.locator('.sheet-code strong').first().innerText()).trim();
  await page.goto(to(`${admin}/paper/enter`));
  await page.getByRole('checkbox', { name: w.project }).check();
  assert.equal(await send(page, `${admin}/paper/enter`, { code: sheet }), 200);
  await page.goto(to(last));
  assert.equal(await send(page, last, { ends_at: moment(-0.01), [`closing_reason_${locale}`]: w.moved }), 303);
  await page.goto(to(`${admin}/report`));
  assert.equal(await send(page, `${admin}/report`), 303);
  await page.goto(to(`${admin}/results`));
  assert.equal(await send(page, `${admin}/results`), 303);
  const reader = await tools.open({ js, locale });
  await reader.goto(to(`${base}/results`));
  assert.match(await reader.locator('main .lede').innerText(), w.lead);
  await look(reader, 'results', 'results');
  const why = await reader.locator('main td a[href*="/results/"]').first().getAttribute('href');
  await reader.goto(to(why));
  assert.match(await reader.locator('main .lede').innerText(), w.won);
  await look(reader, 'why it won', 'won');
}

/** The follow-up of a project that has won: begun, a step with its photo, the public pages. */
async function followUp(page, { admin, base, project }, { to, w, both, look, send, mistakes, assert, site }) {
  await page.goto(to(`${admin}/follow-up`));
  const begin = page.locator(`form[action$="/begin"] button`);
  if (await begin.count()) {
    await page.locator('main details summary').first().click();
    await begin.first().click();
    await page.waitForLoadState('load');
  }
  const steps = `${admin}/follow-up/${project.split('/').at(-1)}`;
  await page.goto(to(steps));
  await mistakes(page, await send(page, steps, { happened_on: moment(3).slice(0, 10), spent: 'x' }), ['happened_on', 'body_fr', 'spent']);
  await look(page, 'step, mistakes', 'step-mistakes');
  const picture = path.join(site.folder, 'step.png');
  fs.writeFileSync(picture, png(320, 180, [120, 150, 90]));
  const sent = { happened_on: moment(0).slice(0, 10), progress: 'works', ...both('body', w.step), spent: '1500', promised_on: moment(60).slice(0, 10), picture, ...both('alt', w.alt) };
  assert.equal(await send(page, steps, sent), 303);
  await look(page, 'steps', 'steps');
  await page.goto(to(project));
  assert.match(await page.locator('main').innerText(), w.promised);
  await look(page, 'project, followed', 'followed');
  await page.goto(to(`${base}/follow-up`));
  await look(page, 'follow-up', 'follow-up');
  await page.goto(to(base));
  await look(page, 'budget, delivery', 'delivery');
}

for (const js of [true, false]) {
  for (const locale of ['fr', 'en']) {
    journey(`a budget from ideas to delivery, ${locale}, scripts ${js ? 'on' : 'off'}`, { site: empty, seconds: 420 }, async (tools) => {
      const at = atWork(tools, { locale, js });
      const { w, to, look, send, mistakes, assert, both } = at;
      const page = await tools.open({ js, locale });
      const { process, admin, base } = await prepare(page, at);

      // A visitor reads; a participant deposits, corrects; another one is shown what is alike and supports.
      const ana = await tools.open({ js, locale });
      await ana.goto(to(base));
      await look(ana, 'budget', 'overview');
      await ana.goto(to(`${base}/ideas`));
      await look(ana, 'ideas, none', 'ideas-none');
      await tools.noCookie(ana);
      await tools.register(ana, { to: 'ana@example.org', name: 'Ana', next: `${base}/ideas/new`, admin: page });
      const first = await deposit(ana, base, w.ideas[0], at, 'idea');
      await ana.goto(to(`${first}/edit`));
      await look(ana, 'idea, correction', 'edit');
      assert.equal(await send(ana, `${first}/edit`, { body: `${w.body} …` }), 303);
      await ana.goto(to(`${first}/versions`));
      await look(ana, 'idea, versions', 'versions');
      await ana.goto(to(`${first}/withdraw`));
      await look(ana, 'idea, withdrawal', 'withdraw');
      const bob = await tools.open({ js, locale });
      await tools.register(bob, { to: 'bob@example.org', name: 'Bob', next: base, admin: page });
      const second = await deposit(bob, base, w.ideas[1], at);
      await bob.goto(to(first));
      assert.equal(await send(bob, `${first}/support`), 303);
      await bob.goto(to(`${first}/flag`));
      await mistakes(bob, await send(bob, `${first}/flag`), ['reason']);
      await look(bob, 'idea, flag', 'flag');
      const reader = await tools.open({ js, locale });
      await reader.goto(to(`${base}/ideas`));
      await look(reader, 'ideas', 'ideas');

      // Bob proposes that Ana's idea takes in his; she agrees.
      await bob.goto(to(`${second}/merge`));
      await mistakes(bob, await send(bob, `${second}/merge`), ['other']);
      await look(bob, 'merger, form', 'merge');
      assert.equal(await send(bob, `${second}/merge`, { other: to(first) }), 303);
      const merger = new URL(bob.url()).pathname;
      await look(bob, 'merger, proposed', 'merger');
      await ana.goto(to(merger));
      await look(ana, 'merger, to answer', 'merger-answer');
      assert.equal(await send(ana, merger, {}, { button: 'button[value="agree"]' }), 303);
      await reader.goto(to(second));
      assert.match(await reader.locator('main').innerText(), w.joined);
      await look(reader, 'idea, joined', 'joined');
      await page.goto(to(`${admin}/mergers`));
      await look(page, 'mergers', 'mergers');

      // The study: a note that stays inside, a cost, a public answer.
      await page.goto(to(`${admin}/ideas`));
      await look(page, 'ideas, administration', 'admin-ideas');
      const study = `${admin}/ideas/${first.split('/').at(-1)}`;
      await page.goto(to(study));
      assert.equal(await send(page, `${study}/notes`, { note: w.note }), 303);
      await mistakes(page, await send(page, study, { state: 'feasible', cost: '900000' }), ['cost']);
      await look(page, 'study, mistakes', 'study');
      assert.equal(await send(page, study, { state: 'feasible', cost: '12500', ...both('reason', w.reason) }), 303);
      await reader.goto(to(first));
      const seen = await reader.locator('main').innerText();
      assert.match(seen, w.feasible);
      assert.ok(seen.includes(w.reason) && !seen.includes(w.note));
      await look(reader, 'idea, studied', 'studied');

      // A project of it, with its picture.
      await page.goto(to(`${admin}/projects`));
      await look(page, 'projects, administration', 'admin-projects');
      await page.locator(`main a[href*="/projects/new?idea="]`).first().click();
      await page.waitForLoadState('load');
      await mistakes(page, await send(page, `${admin}/projects/new`, { ...both('title', ''), cost: '0' }), ['title_fr', 'cost']);
      await look(page, 'project, mistakes', 'project-mistakes');
      const picture = path.join(tools.site.folder, 'project.png');
      fs.writeFileSync(picture, png(640, 360, [94, 129, 90]));
      assert.equal(await send(page, `${admin}/projects/new`, { ...both('title', w.project), cost: '12500', picture, ...both('alt', w.alt) }), 303);
      await reader.goto(to(`${base}/projects`));
      await look(reader, 'projects', 'projects');
      await reader.locator('main .card h3 a').first().click();
      await reader.waitForLoadState('load');
      assert.equal((await reader.locator('h1').innerText()).trim(), w.project);
      await look(reader, 'project', 'project');
      const project = new URL(reader.url()).pathname;
      await reader.goto(to(`${base}/follow-up`));
      await look(reader, 'follow-up, none', 'follow-up-none');
      await tools.noCookie(reader);
      await page.goto(to(`${admin}/follow-up`));
      await look(page, 'follow-up, administration', 'admin-follow-up');

      // Then the vote, online and on paper, its results, and what becomes of the winner.
      await vote(page, ana, { process, admin, base }, { ...at, tools });
      await followUp(page, { admin, base, project }, at);
    });
  }
}

journey('an idea is deposited by the keyboard alone', { site: empty, seconds: 180 }, async (tools) => {
  const at = atWork(tools, { locale: 'fr', js: true });
  const { w, to, assert } = at;
  const page = await tools.open({ locale: 'fr' });
  const { base } = await prepare(page, at);
  const ana = await tools.open({ locale: 'fr' });
  await tools.register(ana, { to: 'ana@example.org', name: 'Ana', next: base, admin: page });
  await ana.goto(to(base));
  await tools.press(ana, 'link', 'Déposer une idée');
  await tools.type(ana, 'Titre', w.ideas[0]);
  await tools.type(ana, 'Votre idée', w.body);
  await tools.type(ana, 'Adresse ou lieu', w.address);
  await tools.press(ana, 'button', 'Continuer');
  await tools.press(ana, 'button', 'Publier mon idée');
  assert.equal((await ana.locator('h1').innerText()).trim(), w.ideas[0]);
});
