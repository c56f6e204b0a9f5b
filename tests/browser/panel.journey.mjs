// A town draws a panel by lot: criteria and quotas, letters, volunteers, the draw in public, a replacement, what the panel
// recommends, in both languages, with and without scripts. Then a real-sized pool, with its progress shown.

import { empty, journey, moment } from './harness.mjs';

const words = {
  fr: {
    town: 'Ville de Val-d’Orbe',
    process: 'Le climat à Val-d’Orbe',
    panel: 'Le panel du climat',
    filler: 'Le conseil municipal répondra à chaque recommandation.',
    step: 'L’appel aux volontaires',
    age: 'Âge',
    young: 'moins de 40 ans',
    old: '40 ans et plus',
    sex: 'Genre',
    source: 'Trois dés lancés dans la salle du conseil',
    recommendation: 'Planter une haie autour de l’école',
    optimal: /Aucune loterie n’est plus juste/,
    clash: /baissez ses minimums/,
    composition: /6 personnes siègent/,
    evaluation: /d’accord avec 5 phrases sur 5/,
    round: /Tour \d+ de drand/,
  },
  en: {
    town: 'Town of Orbe Valley',
    process: 'The climate in Orbe Valley',
    panel: 'The climate panel',
    filler: 'The council will answer each recommendation.',
    step: 'The call for volunteers',
    age: 'Age',
    young: 'under 40',
    old: '40 and over',
    sex: 'Sex',
    source: 'Three dice rolled in the council room',
    recommendation: 'Plant a hedge around the school',
    optimal: /No lottery is fairer/,
    clash: /lower its minimums/,
    composition: /6 people sit/,
    evaluation: /agree with 5 statements out of 5/,
    round: /Round \d+ of drand/,
  },
};

function atWork(tools, { locale, js }) {
  const tag = `${locale}${js ? '' : '-without-scripts'}`;
  const pictured = js || locale === 'fr';
  return {
    ...tools,
    w: words[locale],
    locale,
    tag,
    pictured,
    to: (address) => `${tools.site.url}${address}`,
    both: (field, text) => ({ [`${field}_${locale}`]: text }),
    /** Looks at the page as it stands, and takes its pictures under this name. */
    look: async (page, label, name) => {
      await tools.axe(page, label);
      if (pictured && name) await tools.shot(page, `panel-${name}-${tag}`);
    },
  };
}

/** The site, its process, one open phase, and a panel in it. Gives the addresses. */
async function prepare(page, { to, w, locale, both, look, send, assert }) {
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
  assert.equal(await send(page, `${process}/activities/new`, { component: 'panel', ...both('title', w.panel) }), 303);
  const admin = new URL(page.url()).pathname;
  await look(page, 'panel, nothing ready', 'missing');
  return { process, admin, base: admin.replace('/admin', '') };
}

/** Ends the call by the clock. */
async function endCall(page, process, { to, send, assert }) {
  await page.goto(to(process));
  const phase = await page.locator('main a[href^="/admin/phases/"]').first().getAttribute('href');
  await page.goto(to(phase));
  assert.equal(await send(page, phase, { ends_at: moment(-0.01) }), 303);
}

/** Announces a draw and waits for its lottery. */
async function announce(page, admin, { to, send, assert }) {
  await page.goto(to(`${admin}/draw`));
  assert.equal(await send(page, `${admin}/draw/announce`), 303);
  for (let tries = 0; tries < 600; tries += 1) {
    if (await page.locator(`main form[action="${admin}/draw/seed"]`).count()) return;
    assert.equal(await page.locator('.notice-warning').count(), 0, await page.locator('main').innerText());
    await page.waitForTimeout(200);
    await page.goto(to(`${admin}/draw`));
  }
  assert.fail('no lottery');
}

for (const js of [true, false]) {
  for (const locale of ['fr', 'en']) {
    journey(`a town draws a panel by lot, ${locale}, scripts ${js ? 'on' : 'off'}`, { site: empty, seconds: 600 }, async (tools) => {
      const at = atWork(tools, { locale, js });
      const { w, to, both, look, send, mistakes, assert } = at;
      const page = await tools.open({ js, locale });
      const { process, admin, base } = await prepare(page, at);

      // Criteria: one by hand, one from a table of margins.
      await page.goto(to(`${admin}/categories/new`));
      await mistakes(page, await send(page, `${admin}/categories/new`), ['title_fr', 'values']);
      await look(page, 'category, mistakes', 'category-mistakes');
      const values = `${w.young} ; ; 4 000\n${w.old} ; ; 6 000`;
      assert.equal(await send(page, `${admin}/categories/new`, { ...both('title', w.age), values }), 303);
      const margins = `category,feature,count\n${w.sex},F,5100\n${w.sex},M,4900\n`;
      assert.equal(await send(page, `${admin}/categories/margins`, { table: margins }), 303);
      await look(page, 'categories', 'categories');

      await page.goto(to(`${admin}/rules`));
      await mistakes(page, await send(page, `${admin}/rules`, { seats: '1' }), ['seats', 'source_fr', 'keep_until']);
      const rules = { seats: '6', method: 'leximin', households: true, open_call: true, ...both('source', w.source), keep_until: moment(60).slice(0, 10), allowance: '92.50' };
      assert.equal(await send(page, `${admin}/rules`, rules), 303);
      await look(page, 'rules', 'rules');
      await page.goto(to(`${admin}/quotas`));
      assert.equal(await send(page, `${admin}/quotas`), 303);
      await look(page, 'quotas', 'quotas');
      const typed = page.locator('#quotas input[name="min-0-0"]');
      await typed.fill('6');
      if (js) {
        // Said as it is typed, where it stands; the focus stays in the control, and nothing is saved.
        await page.locator('#check.notice-warning', { hasText: w.clash }).waitFor();
        assert.equal(await page.locator('#check').getAttribute('role'), 'status');
        assert.equal(await page.evaluate(() => document.activeElement.name), 'min-0-0');
        await look(page, 'quotas, checked as typed', 'quotas-checked');
        await typed.fill('2');
        await page.locator('#check:not(.notice-warning)').waitFor();
        await typed.fill('6');
      } else {
        await page.locator('#quotas button[formaction]').click();
        await page.locator('#check.notice-warning', { hasText: w.clash }).waitFor();
        assert.equal(await typed.inputValue(), '6');
        await look(page, 'quotas, checked', 'quotas-checked');
      }
      await page.locator('#quotas button:not([formaction])').click();
      await page.locator('#error-summary').waitFor();
      await look(page, 'quotas, clash', 'quotas-clash');
      await page.goto(to(admin));
      await page.locator('main form[action$="/publish"] button').click();
      await page.waitForLoadState('load');

      // Letters.
      await page.goto(to(`${admin}/letters`));
      const frame = `name,address\n${Array.from({ length: 12 }, (_, n) => `Person ${n},${n} Lime Street`).join('\n')}\n`;
      assert.equal(await send(page, `${admin}/letters/frame`, { list: frame }), 303);
      await look(page, 'letters, frame', 'letters-frame');
      assert.equal(await send(page, `${admin}/letters/draw`, { count: '5', seed: '3 5 1' }), 303);
      await look(page, 'letters, drawn', 'letters');
      assert.equal(await send(page, `${admin}/letters/print`, { format: 'page' }), 200);
      await look(page, 'letters, printed', 'print');
      const codes = (await page.locator('.receipt-code').allInnerTexts()).map((code) => code.trim());
      assert.equal(codes.length, 5);

      // Numbers to call, drawn at random.
      await page.goto(to(`${admin}/phones`));
      await mistakes(page, await send(page, `${admin}/phones/draw`, { prefixes: '06x', count: '0' }), ['prefixes', 'count', 'seed']);
      await look(page, 'phones, mistakes', 'phones-mistakes');
      const dialled = { prefixes: '0635\n0262 2', digits: '10', count: '12', seed: '4 4 2' };
      assert.equal(await send(page, `${admin}/phones/draw`, dialled), 303);
      await look(page, 'phones', 'phones');
      const listed = await page.request.get(to(`${admin}/phones/numbers.csv`));
      const numbers = (await listed.text()).trim().split('\n').slice(1).map((line) => line.split(',')[1]);
      assert.equal(new Set(numbers).size, 12);

      // Somebody answers with the code; another by phone; another refuses.
      const ana = await tools.open({ js, locale });
      await ana.goto(to(base));
      await look(ana, 'panel, open', 'open');
      await ana.goto(to(`${base}/how`));
      await look(ana, 'how it works', 'how');
      await ana.goto(to(`${base}/join`));
      await mistakes(ana, await send(ana, `${base}/join`, { code: 'ABC' }), ['code']);
      await look(ana, 'join, mistyped', 'join');
      assert.equal(await send(ana, `${base}/join`, { code: codes[0].toLowerCase().replaceAll('-', ' ') }), 200);
      await mistakes(ana, await send(ana, `${base}/join/answer`), ['name', 'contact', 'answer-1', 'answer-2', 'consent']);
      await look(ana, 'form, mistakes', 'form-mistakes');
      const answers = { name: 'Ana Noël', contact: 'ana@example.org', 'answer-1': w.young, 'answer-2': 'F', consent: true };
      assert.equal(await send(ana, `${base}/join/answer`, answers), 200);
      const pseudonym = (await ana.locator('.receipt-code').innerText()).trim();
      assert.match(pseudonym, /^v[0-9a-f]{8}$/);
      await look(ana, 'done', 'done');
      await tools.noCookie(ana);
      await page.goto(to(`${admin}/entry`));
      await look(page, 'entry', 'entry');
      const phone = { code: codes[1], channel: 'phone', wish: 'yes', name: 'Bob', contact: '0299000000', 'answer-1': w.old, 'answer-2': 'M', consent: true };
      assert.equal(await send(page, `${admin}/entry`, phone), 303);
      assert.equal(await send(page, `${admin}/entry`, { code: codes[2], wish: 'no' }), 303);
      const called = { phone: numbers[0], channel: 'phone', wish: 'yes', name: 'Cleo', contact: numbers[0], 'answer-1': w.old, 'answer-2': 'F', consent: true };
      assert.equal(await send(page, `${admin}/entry`, { ...called, code: '' }), 303);
      await mistakes(page, await send(page, `${admin}/entry`, { ...called, code: '', name: 'Dora' }), ['phone']);
      await page.goto(to(`${admin}/letters/reminders`));
      await look(page, 'reminders', 'reminders');
      assert.equal(await page.locator('tbody tr').count(), 2);

      // Others were found elsewhere: a file with a mistake, then the file.
      const line = (n) => `Volunteer ${n},${n % 3 ? w.old : w.young},${n % 2 ? 'F' : 'M'}`;
      const list = `name,${w.age},${w.sex}\n${Array.from({ length: 24 }, (_, n) => line(n)).join('\n')}\n`;
      await page.goto(to(`${admin}/volunteers`));
      assert.equal(await send(page, `${admin}/volunteers/import`, { list: `${list}X,,F\n` }), 422);
      await look(page, 'volunteers, mistake', 'volunteers-mistake');
      assert.equal(await send(page, `${admin}/volunteers/import`, { list }), 303);
      await look(page, 'volunteers', 'volunteers');

      // The draw.
      await endCall(page, process, at);
      await page.goto(to(`${admin}/draw`));
      await look(page, 'draw, before', 'draw-before');
      await announce(page, admin, at);
      await look(page, 'draw, seed awaited', 'draw-seed');
      const reader = await tools.open({ js, locale });
      await reader.goto(to(`${base}/draw/1`));
      assert.match(await reader.locator('main').innerText(), w.optimal);
      assert.ok(!(await reader.locator('main').innerText()).includes('Ana'));
      await look(reader, 'ceremony, before the seed', 'ceremony-before');
      await mistakes(page, await send(page, `${admin}/draw/seed`, { seed: '3\n5\n1' }), ['sure']);
      assert.equal(await send(page, `${admin}/draw/seed`, { seed: '3\n5\n1', sure: true }), 303);
      await look(page, 'ceremony', 'ceremony');
      await reader.goto(to(`${base}/draw/1?step=1`));
      for (let step = 1; step <= 6; step += 1) {
        assert.equal(await reader.locator('.ceremony > li').count(), 1);
        if (step === 5 && js) await reader.waitForTimeout(4000);
        await look(reader, `ceremony, step ${step}`, `ceremony-${step}`);
        if (at.pictured && js) {
          await reader.setViewportSize({ width: 1920, height: 1080 });
          await tools.noSideways(reader);
          await reader.setViewportSize({ width: 1280, height: 900 });
        }
        if (step < 6) {
          await reader.locator('main a[rel="next"]').click();
          await reader.waitForURL(new RegExp(`step=${step + 1}`));
        }
      }
      await reader.goto(to(`${base}/draw/1/probabilities`));
      await look(reader, 'probabilities', 'probabilities');

      // One declines and is replaced by the same rules.
      await page.goto(to(`${admin}/draw`));
      await look(page, 'draw, seats', 'seats');
      await page.locator('main button[name="seat"][value="declined"]').first().click();
      await page.waitForLoadState('load');
      const accept = async (count) => {
        for (let n = 0; n < count; n += 1) {
          await page.goto(to(`${admin}/draw`));
          await page.locator('main tr:has(button[value="declined"]) button[name="seat"][value="accepted"]').first().click();
          await page.waitForLoadState('load');
        }
      };
      await accept(5);
      await announce(page, admin, at);
      assert.equal(await send(page, `${admin}/draw/seed`, { seed: '4 2 6', sure: true }), 303);
      await accept(1);
      await reader.goto(to(`${base}/composition`));
      assert.match(await reader.locator('main .lede').innerText(), w.composition);
      await look(reader, 'composition', 'composition');
      await reader.goto(to(`${base}/draw/2`));
      await look(reader, 'second draw', 'ceremony-second');

      // The panel works.
      await page.goto(to(`${admin}/sessions`));
      await mistakes(page, await send(page, `${admin}/sessions`), ['title_fr', 'day']);
      assert.equal(await send(page, `${admin}/sessions`, { ...both('title', '1'), day: moment(40).slice(0, 10) }), 303);
      assert.equal(await send(page, `${admin}/sessions/tables`, { tables: '2' }), 303);
      await look(page, 'sessions', 'sessions');
      await page.locator('main .items h2 a').first().click();
      await page.waitForLoadState('load');
      for (const box of await page.locator('input[name="present"]').all()) await box.check();
      assert.equal(await send(page, new URL(page.url()).pathname), 303);
      await look(page, 'attendance', 'attendance');

      // What its members think, with a code each, then with the totals.
      await page.goto(to(`${admin}/evaluation`));
      assert.equal(await send(page, `${admin}/evaluation/open`), 303);
      await look(page, 'evaluation, open', 'evaluation-admin');
      assert.equal(await send(page, `${admin}/evaluation/codes`), 200);
      const own = (await page.locator('.receipt-code').allInnerTexts()).map((code) => code.trim());
      assert.equal(own.length, 6);
      const marks = { 'evaluation-fair': '5', 'evaluation-voice': '4', 'evaluation-balance': '4', 'evaluation-trust': '5', 'evaluation-again': '5' };
      for (const [n, code] of own.slice(0, 5).entries()) {
        await reader.goto(to(`${base}/evaluation`));
        if (n === 0) {
          await mistakes(reader, await send(reader, `${base}/evaluation`, { code: 'ABC' }), ['code']);
          await look(reader, 'evaluation, mistyped', 'evaluation-start');
        }
        assert.equal(await send(reader, `${base}/evaluation`, { code }), 200);
        if (n === 0) {
          await mistakes(reader, await send(reader, `${base}/evaluation/answer`), Object.keys(marks));
          await look(reader, 'evaluation, mistakes', 'evaluation-form');
        }
        assert.equal(await send(reader, `${base}/evaluation/answer`, marks), 200);
      }
      await look(reader, 'evaluation, done', 'evaluation-done');
      await page.goto(to(`${admin}/evaluation`));
      assert.equal(await send(page, `${admin}/evaluation/publish`), 303);
      await reader.goto(to(`${base}/evaluation`));
      assert.match(await reader.locator('main .lede').innerText(), w.evaluation);
      await look(reader, 'evaluation, totals', 'evaluation');
      await page.goto(to(`${admin}/recommendations/new`));
      assert.equal(await send(page, `${admin}/recommendations/new`, both('title', w.recommendation)), 303);
      await page.locator('main .items h2 a').first().click();
      await page.waitForLoadState('load');
      const one = new URL(page.url()).pathname;
      assert.equal(await send(page, `${one}/votes`, { for: '4', against: '1', abstain: '1' }), 303);
      assert.equal(await send(page, `${one}/answer`, { status: 'accepted', ...both('answer', w.filler) }), 303);
      await look(page, 'recommendations', 'recommendations');
      await page.goto(to(one));
      await look(page, 'recommendation', 'recommendation');
      await reader.goto(to(`${base}/work`));
      await look(reader, 'the work', 'work');
      await reader.goto(to(base));
      await look(reader, 'panel, drawn', 'drawn');
      await page.goto(to(admin));
      await look(page, 'dashboard', 'dashboard');
      await tools.noCookie(reader);
    });
  }
}

for (const locale of ['fr', 'en']) {
  journey(`a round of drand is announced, and no other signature is taken, ${locale}`, { site: empty, seconds: 300 }, async (tools) => {
    const at = atWork(tools, { locale, js: locale === 'fr' });
    const { w, to, both, look, send, mistakes, assert } = at;
    const page = await tools.open({ js: locale === 'fr', locale });
    const { process, admin, base } = await prepare(page, at);
    await page.goto(to(`${admin}/categories`));
    const margins = `category,feature,count\n${w.sex},F,5100\n${w.sex},M,4900\n`;
    assert.equal(await send(page, `${admin}/categories/margins`, { table: margins }), 303);
    await page.goto(to(`${admin}/rules`));
    const rules = { seats: '4', method: 'leximin', open_call: true, seed_from: 'drand', keep_until: moment(60).slice(0, 10), limit: '20', answer_days: '5' };
    await mistakes(page, await send(page, `${admin}/rules`, rules), ['draw_at']);
    await look(page, 'rules, drand', 'drand-rules');
    assert.equal(await send(page, `${admin}/rules`, { ...rules, draw_at: moment(1) }), 303);
    await page.goto(to(`${admin}/quotas`));
    assert.equal(await send(page, `${admin}/quotas`), 303);
    await page.goto(to(admin));
    await page.locator('main form[action$="/publish"] button').click();
    await page.waitForLoadState('load');
    const list = Array.from({ length: 12 }, (_, n) => (n % 2 ? 'F' : 'M')).join('\n');
    await page.goto(to(`${admin}/volunteers`));
    assert.equal(await send(page, `${admin}/volunteers/import`, { list: `${w.sex}\n${list}\n` }), 303);
    await endCall(page, process, at);
    await announce(page, admin, at);
    assert.match(await page.locator('main').innerText(), w.round);
    // The signature of another round (123), then one that was mistyped.
    const signature = 'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92';
    for (const typed of [signature, signature.slice(1), `{"round":123,"signature":"${signature}"}`]) {
      await mistakes(page, await send(page, `${admin}/draw/seed`, { signature: typed }), ['signature']);
      assert.equal(await page.locator('[name="signature"]').inputValue(), typed);
    }
    await look(page, 'drand, mistyped', 'drand-mistyped');
    await page.goto(to(`${base}/draw/1`));
    assert.match(await page.locator('main').innerText(), w.round);
    await look(page, 'ceremony, drand', 'drand-ceremony');
  });
}

journey('a panel of real size is drawn in the browser, with its progress', { site: empty, seconds: 600 }, async (tools) => {
  const at = atWork(tools, { locale: 'fr', js: true });
  const { to, both, send, assert } = at;
  const page = await tools.open({ js: true, locale: 'fr' });
  const { process, admin, base } = await prepare(page, at);
  // Four criteria, 1,700 volunteers far from the population: the young and the graduates come more often.
  const table = ['Genre,Femme,52', 'Genre,Homme,48', 'Âge,18-24,10', 'Âge,25-34,15', 'Âge,35-49,24', 'Âge,50-64,25', 'Âge,65+,26',
    'Métier,cadre,10', 'Métier,employé,16', 'Métier,ouvrier,12', 'Métier,retraité,32', 'Métier,autre,30',
    'Région,nord,20', 'Région,sud,30', 'Région,est,22', 'Région,ouest,28'];
  await page.goto(to(`${admin}/categories`));
  assert.equal(await send(page, `${admin}/categories/margins`, { table: `category,feature,count\n${table.join('\n')}\n` }), 303);
  await page.goto(to(`${admin}/rules`));
  const rules = { seats: '150', method: 'leximin', open_call: true, ...both('source', 'Des dés'), keep_until: moment(60).slice(0, 10) };
  assert.equal(await send(page, `${admin}/rules`, rules), 303);
  await page.goto(to(`${admin}/quotas`));
  assert.equal(await send(page, `${admin}/quotas`), 303);
  await page.goto(to(admin));
  await page.locator('main form[action$="/publish"] button').click();
  await page.waitForLoadState('load');
  let state = 7;
  const next = (weights) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    let left = (state / 2147483648) * weights.reduce((a, b) => a + b);
    return weights.findIndex((weight) => (left -= weight) < 0);
  };
  const pick = (names, weights) => names[next(weights)];
  const lines = Array.from({ length: 1700 }, () => [
    pick(['Femme', 'Homme'], [60, 40]), pick(['18-24', '25-34', '35-49', '50-64', '65+'], [20, 30, 25, 15, 10]),
    pick(['cadre', 'employé', 'ouvrier', 'retraité', 'autre'], [40, 20, 5, 12, 23]), pick(['nord', 'sud', 'est', 'ouest'], [25, 25, 25, 25]),
  ].join(','));
  await page.goto(to(`${admin}/volunteers`));
  assert.equal(await send(page, `${admin}/volunteers/import`, { list: `Genre,Âge,Métier,Région\n${lines.join('\n')}\n` }), 303);
  await endCall(page, process, at);
  await announce(page, admin, at);
  assert.equal(await send(page, `${admin}/draw/seed`, { seed: '1 2 3 4 5 6', sure: true }), 303);
  assert.equal(await page.locator('table').first().locator('tbody tr').count(), 150);
  await page.goto(to(`${base}/composition`));
  assert.match(await page.locator('main .lede').innerText(), /150 personnes siègent\s; 16 quotas sur 16 sont respectés/u);
  await tools.axe(page, 'composition of 150');
});
