// A town hall's administrator, from the first page to the published results: in both languages, with and without
// scripts. Selectors are the forms' own addresses and fields, so that one journey is walked in every language.

import fs from 'node:fs';
import path from 'node:path';
import { empty, journey, moment, png } from './harness.mjs';

const words = {
  fr: {
    town: 'Ville de Val-d’Orbe',
    title: 'Le règlement du marché',
    summary: 'La ville réécrit le règlement de son marché. Donnez votre avis article par article.',
    object: 'Le projet de règlement du marché couvert et de ses abords.',
    perimeter: 'Les personnes qui vivent, travaillent ou vendent dans la commune.',
    rule: 'Les propositions très proches sont réunies par l’équipe, avec l’accord de leurs auteurs.',
    method: 'Chaque article et chaque proposition reçoit une réponse motivée.',
    step: 'Consultation',
    section: 'Chapitre 1 : les emplacements',
    article: 'Article 1 : un emplacement pour chaque métier',
    body: 'Chaque métier dispose d’au moins un emplacement. La liste des métiers est revue chaque année avec les personnes qui vendent au marché.',
    pasted: 'Titre II : Les horaires\n\nArticle 2 : Ouverture\n\nLe marché ouvre à sept heures et ferme à treize heures trente.\n\nArticle 3 : Nettoyage\n\nLes emplacements sont rendus propres avant quatorze heures.',
    argument: 'Un marché où chaque métier a sa place attire du monde toute l’année, même en hiver.',
    late: 'Cet argument arrive après la clôture : il doit rester à l’écran, sans être publié.',
    proposal: 'Un marché du soir en été',
    idea: 'Ouvrir le marché un soir par semaine de juin à septembre, de dix-sept à vingt et une heures.',
    why: 'Beaucoup de personnes travaillent le matin et ne peuvent jamais venir.',
    amended: 'Deux emplacements sont gardés pour les métiers nouveaux.',
    other: 'Les emplacements sont tirés au sort chaque semaine.',
    reason: 'Le tirage au sort chaque semaine empêche les personnes qui vendent de prévoir.',
    hidden: 'Le texte donne le numéro de téléphone d’une voisine.',
    appeal: 'Il n’y a aucun numéro de téléphone dans mon texte : pouvez-vous relire ?',
    reply: 'Vous avez raison, nous avons confondu avec un autre texte. Le vôtre est de nouveau publié.',
    answer: 'Un marché du soir sera essayé en juillet, le jeudi, sur la place de la Halle.',
  },
  en: {
    town: 'Town of Orbe Valley',
    title: 'Rules of the market',
    summary: 'The town is writing the rules of its market again. Give your view, article by article.',
    object: 'The draft rules of the covered market and its surroundings.',
    perimeter: 'People who live, work or sell in the town.',
    rule: 'Very similar proposals are brought together by the team, with their authors’ agreement.',
    method: 'Each article and each proposal gets an answer with its reasons.',
    step: 'Consultation',
    section: 'Chapter 1: the stalls',
    article: 'Article 1: a stall for every trade',
    body: 'Every trade has at least one stall. The list of trades is reviewed each year with the people who sell at the market.',
    pasted: 'Title II: Hours\n\nArticle 2: Opening\n\nThe market opens at seven and closes at half past one.\n\nArticle 3: Cleaning\n\nStalls are left clean before two o’clock.',
    argument: 'A market where every trade has its place brings people all year round, even in winter.',
    late: 'This argument comes after closing: it must stay on the screen and must not be published.',
    proposal: 'An evening market in summer',
    idea: 'Open the market one evening a week from June to September, from five to nine o’clock.',
    why: 'Many people work in the morning and can never come.',
    amended: 'Two stalls are kept for new trades.',
    other: 'Stalls are drawn by lot every week.',
    reason: 'Drawing lots every week keeps the people who sell from planning ahead.',
    hidden: 'The text gives the telephone number of a neighbour.',
    appeal: 'There is no telephone number in my text: could you read it again?',
    reply: 'You are right, we took it for another text. Yours is published again.',
    answer: 'An evening market will be tried in July, on Thursdays, on the square of the hall.',
  },
};

const day = (days) => moment(days).slice(0, 10);

/** One administrator at work: their page, the words they write, and what is asked of each page they meet. */
function atWork(tools, { locale, js }) {
  const tag = `${locale}${js ? '' : '-without-scripts'}`;
  const { site, axe, send, mistakes } = tools;
  // The same pages as with scripts, as far as the eye can see: one language is enough.
  const pictured = js || locale === 'fr';
  const picture = async (page, name) => {
    if (pictured && name) await tools.shot(page, `admin-${name}-${tag}`);
  };
  return {
    ...tools,
    w: words[locale],
    locale,
    to: (address) => `${site.url}${address}`,
    /** Looks at the page as it stands, and takes its pictures under this name. */
    look: async (page, label, name) => {
      await axe(page, label);
      await picture(page, name);
    },
    /** Sends a form with these mistakes, and looks at what is said. */
    wrong: async (page, action, values, fields, name) => {
      await mistakes(page, await send(page, action, values), fields);
      await axe(page, `${action}, mistakes`);
      await picture(page, name);
    },
    both: (field, text) => ({ [`${field}_${locale}`]: text }),
  };
}

const idOf = (page, pattern) => page.url().match(pattern)?.[1] ?? page.url();

/** The first-run page: four questions. */
async function setUp(page, { to, w, locale, look, wrong, send, assert }) {
  await page.goto(to('/'));
  assert.equal(new URL(page.url()).pathname, '/setup');
  await look(page, 'first run', 'setup');
  await wrong(page, '/setup', { email: 'x', accent: '#ffd000' }, ['name', 'email', 'accent'], 'setup-mistakes');
  const other = locale === 'fr' ? 'en' : 'fr';
  const four = { name: w.town, languages: `${locale}-${other}`, email: 'mairie@example.org', colour: '#23457a', accent: '' };
  assert.equal(await send(page, '/setup', four), 303);
  assert.equal(new URL(page.url()).pathname, '/admin');
  await look(page, 'dashboard of a new site', 'dashboard-new');
}

/** A process with its mistakes, its phases and what the law asks. Gives its address. */
async function createProcess(page, { to, w, look, wrong, send, both, assert }) {
  await page.goto(to('/admin/processes'));
  await look(page, 'no process yet');
  await page.goto(to('/admin/processes/new'));
  await wrong(page, '/admin/processes/new', { answer_due_at: '' }, ['title_fr'], 'process-mistakes');
  assert.equal(await send(page, '/admin/processes/new', both('title', w.title)), 303);
  const process = `/admin/processes/${idOf(page, /processes\/(\d+)$/)}`;
  assert.ok((await page.locator('section[aria-labelledby="missing"] li').count()) >= 5, 'what is missing is said');
  assert.equal(await page.locator(`form[action="${process}/publish"]`).count(), 0, 'it cannot be published yet');
  await look(page, 'process, incomplete', 'process-missing');

  await page.goto(to(`${process}/phases/new`));
  await look(page, 'new phase');
  const wrongDates = { starts_at: moment(1), ends_at: moment(-1) };
  await wrong(page, `${process}/phases/new`, wrongDates, ['phase_title_fr', 'ends_at'], 'phase-mistakes');
  assert.equal(await send(page, `${process}/phases/new`, { ...both('phase_title', w.step), starts_at: moment(-1), ends_at: moment(30) }), 303);
  await page.goto(to(`${process}/phases/new`));
  await send(page, `${process}/phases/new`, { ...both('phase_title', `${w.step} 2`), starts_at: moment(30), ends_at: moment(60) });

  await page.goto(to(`${process}/edit`));
  const texts = { summary: w.summary, object: w.object, perimeter: w.perimeter, duplicates_rule: w.rule, method_note: w.method };
  const law = Object.assign({}, ...Object.entries(texts).map(([field, text]) => both(field, text)));
  assert.equal(await send(page, `${process}/edit`, { ...law, answer_due_at: day(90), preset: 'open' }), 303);
  assert.equal(await page.locator('section[aria-labelledby="missing"]').count(), 0, 'nothing is missing any more');
  await look(page, 'process, ready', 'process-ready');
  return process;
}

/** A consultation with its sections, articles and rules. Gives the addresses of its administration and its page. */
async function createConsultation(page, process, { to, w, look, wrong, send, both, assert }) {
  await page.goto(to(`${process}/activities/new`));
  await wrong(page, `${process}/activities/new`, {}, ['title_fr'], 'activity-mistakes');
  assert.equal(await send(page, `${process}/activities/new`, both('title', w.step)), 303);
  const admin = new URL(page.url()).pathname;
  await look(page, 'consultation, empty', 'consultation-empty');

  await page.goto(to(`${admin}/sections`));
  await wrong(page, `${admin}/sections`, {}, ['title_fr']);
  assert.equal(await send(page, `${admin}/sections`, both('title', w.section)), 303);
  await look(page, 'sections', 'sections');

  await page.goto(to(`${admin}/articles/new`));
  await wrong(page, `${admin}/articles/new`, {}, ['title', 'body']);
  assert.equal(await send(page, `${admin}/articles/new`, { section: { index: 1 }, title: w.article, body: w.body }), 200);
  await look(page, 'article, preview', 'article-preview');
  assert.equal(await send(page, `${admin}/articles/new`, {}, { button: 'button[value="publish"]' }), 303);

  await page.goto(to(`${admin}/articles/paste`));
  await wrong(page, `${admin}/articles/paste`, {}, ['text']);
  await send(page, `${admin}/articles/paste`, { text: w.pasted });
  assert.equal(await page.locator('main ol.items details').count(), 2, 'the paste finds both articles');
  await look(page, 'paste, preview', 'paste-preview');
  assert.equal(await send(page, `${admin}/articles/paste`, { publish: true }, { button: 'button[value="write"]' }), 303);
  assert.equal(await page.locator('main ul.items > li').count(), 3);
  await look(page, 'articles', 'articles');

  await page.goto(to(`${admin}/rules`));
  await wrong(page, `${admin}/rules`, { title_max: 'x', argument_max: '3' }, ['title_max', 'argument_max']);
  assert.equal(await send(page, `${admin}/rules`, { title_max: '150', argument_max: '3000', body_min: '20', explanation_min: '0' }), 303);
  await look(page, 'rules', 'rules');

  await page.goto(to(process));
  assert.equal(await send(page, `${process}/publish`), 303);
  await page.goto(to(admin));
  await look(page, 'consultation, ready', 'consultation-ready');
  await page.locator('main form[action$="/publish"] button').click();
  await page.waitForLoadState('load');
  await look(page, 'process, published', 'process-published');
  await page.goto(to(admin));
  await look(page, 'consultation, open', 'consultation-open');
  return { admin, base: admin.replace(/^\/admin/, '') };
}

/** A participant votes, argues, proposes and amends. Gives the addresses of what they wrote. */
async function takePart(page, base, { to, w, assert }) {
  await page.goto(to(base));
  const article = await page.locator('main .outline a[href*="/c/"]').first().getAttribute('href');
  await page.goto(to(article));
  await page.locator('form.vote button[value="1"]').click();
  assert.equal(await page.locator('form.vote button[value="1"]').getAttribute('aria-pressed'), 'true');
  await page.locator('.side-for summary').first().click();
  const arguing = page.locator('.side-for form[action$="/argue"]');
  await arguing.locator('textarea').fill(w.argument);
  await arguing.locator('button').click();
  await page.waitForLoadState('load');
  assert.ok(await page.getByText(w.argument).count(), 'the argument is shown');

  await page.goto(to(`${base}/propose`));
  await page.locator('main form input[name="title"]').fill(w.proposal);
  await page.locator('textarea[name="body"]').fill(w.idea);
  await page.locator('textarea[name="explanation"]').fill(w.why);
  await page.locator('main form button').first().click();
  const next = page.locator('a[href*="step=preview"]');
  if (await next.count()) await next.click();
  await page.locator('button[value="publish"]').click();
  await page.waitForURL(/\/c\/\d+/);
  const proposal = new URL(page.url()).pathname;

  for (const more of [w.amended, w.other]) {
    await page.goto(to(`${article}/amend`));
    const now = await page.locator('textarea[name="body"]').inputValue();
    await page.locator('textarea[name="body"]').fill(`${now}\n\n${more}`);
    await page.locator('textarea[name="explanation"]').fill(w.why);
    await page.locator('main form button').first().click();
    await page.locator('button[value="publish"]').click();
    await page.waitForURL(/\/c\/\d+/);
  }
  return { article, proposal };
}

/** A text is hidden, its author appeals, the appeal is decided. */
async function moderate(page, author, proposal, { to, w, look, wrong, send, assert }) {
  const id = proposal.match(/(\d+)$/)[1];
  await page.goto(to('/admin/moderation'));
  await look(page, 'moderation, empty');
  await page.goto(to(`/admin/moderation/${id}`));
  await look(page, 'one contribution');
  await wrong(page, `/admin/moderation/${id}/hide`, {}, ['reason', 'explanation'], 'moderate-mistakes');
  assert.equal(await send(page, `/admin/moderation/${id}/hide`, { reason: 'personal-data', explanation: w.hidden }), 303);
  await look(page, 'hidden', 'moderate-hidden');

  await author.goto(to(proposal));
  assert.equal(await author.getByText(w.idea).count(), 0, 'a hidden text is not shown');
  await author.goto(to(`${proposal}/appeal`));
  await look(author, 'appeal');
  await wrong(author, `${proposal}/appeal`, {}, ['appeal'], 'appeal-mistakes');
  assert.equal(await send(author, `${proposal}/appeal`, { appeal: w.appeal }), 303);
  await look(author, 'appeal, sent');

  await page.goto(to('/admin'));
  await look(page, 'dashboard with an appeal', 'dashboard');
  await page.goto(to('/admin/moderation'));
  await look(page, 'moderation with an appeal', 'moderation');
  const appeal = await page.locator('main a[href^="/admin/appeals/"]').first().getAttribute('href');
  await page.goto(to(appeal));
  await wrong(page, appeal, {}, ['outcome', 'reply'], 'appeal');
  assert.equal(await send(page, appeal, { outcome: 'overturned', reply: w.reply }), 303);
  await author.goto(to(proposal));
  assert.ok(await author.getByText(w.idea).count(), 'the text is published again');
  await author.goto(to(`${proposal}/appeal`));
  await look(author, 'appeal, decided');
}

/** One amendment is refused (first without a reason), the other accepted. */
async function decideAmendments(page, admin, { to, w, look, wrong, send, both, assert }) {
  await page.goto(to(`${admin}/amendments`));
  await look(page, 'amendments', 'amendments');
  const waiting = await page.locator('main ul.items a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  assert.equal(waiting.length, 2);
  const of = async (wording) => {
    for (const address of waiting) {
      await page.goto(to(address));
      if (await page.locator('ins', { hasText: wording.slice(0, 20) }).count()) return address;
    }
    throw new Error(`no amendment holds “${wording}”`);
  };
  const refused = await of(w.other);
  await look(page, 'amendment', 'amendment');
  await wrong(page, refused, {}, ['decision']);
  await wrong(page, refused, { decision: 'refused' }, ['reason_fr']);
  assert.equal(await send(page, refused, { decision: 'refused', ...both('reason', w.reason) }), 303);
  const accepted = await of(w.amended);
  assert.equal(await send(page, accepted, { decision: 'accepted' }), 303);
  await page.goto(to(accepted));
  await look(page, 'amendment, accepted');
}

/** An official answer: without its status, as a draft, published. */
async function answer(page, proposal, { to, w, look, wrong, send, both, assert }) {
  const action = `/admin/answers/${proposal.match(/(\d+)$/)[1]}`;
  await page.goto(to('/admin/answers'));
  await look(page, 'answers', 'answers');
  await page.goto(to(action));
  await wrong(page, action, {}, ['status', 'body_fr'], 'answer-mistakes');
  const draft = 'button:not([name="publish"])';
  assert.equal(await send(page, action, { status: 'accepted', ...both('body', w.answer) }, { button: draft }), 303);
  await page.goto(to(proposal));
  assert.equal(await page.getByText(w.answer).count(), 0, 'a draft is not public');
  await page.goto(to(action));
  assert.equal(await send(page, action), 303);
  await page.goto(to(proposal));
  assert.ok(await page.getByText(w.answer).count(), 'the answer is public');
  await look(page, 'proposal, answered', 'answered');
}

/** The end is moved into the past: what comes late is refused, and kept on its author's screen. */
async function closeConsultation(page, author, process, article, { to, w, look, send, assert }) {
  await author.goto(to(article));
  await author.locator('.side-against summary').first().click();
  const arguing = author.locator('.side-against form[action$="/argue"]');
  await arguing.locator('textarea').fill(w.late);

  await page.goto(to(process));
  const phase = await page.locator('main a[href^="/admin/phases/"]').first().getAttribute('href');
  await page.goto(to(phase));
  assert.equal(await send(page, phase, { ends_at: moment(-0.01) }), 303);
  await look(page, 'process, closed', 'process-closed');

  await arguing.locator('button').click();
  await author.waitForLoadState('load');
  const kept = await author.locator('main').innerText();
  const typed = await author.locator('main textarea').evaluateAll((all) => all.map((area) => area.value));
  assert.ok(kept.includes(w.late) || typed.some((text) => text.includes(w.late)), 'what came late stays on the screen');
  await look(author, 'too late', 'too-late');
  await author.goto(to(article));
  assert.equal(await author.locator('form.vote').count(), 0, 'nobody votes any more');
  assert.equal(await author.getByText(w.late).count(), 0, 'nothing late is published');
  await look(author, 'article, closed');
}

/** The results are published; everyone reads them, the consolidated text, and takes the data away. */
async function publishResults(page, reader, { admin, base }, { to, w, look, send, assert, site }) {
  await page.goto(to(`${admin}/results`));
  await look(page, 'results, to publish', 'results-to-publish');
  assert.equal(await send(page, `${admin}/results`), 303);
  await page.goto(to(`${admin}/results`));
  await look(page, 'results, published');
  await reader.goto(to(`${base}/results`));
  await look(reader, 'public results', 'public-results');
  await reader.goto(to(`${base}/text`));
  assert.ok((await reader.locator('main').innerText()).includes(w.amended), 'the text of record holds the accepted amendment');
  await look(reader, 'text of record', 'text-of-record');
  await reader.goto(to('/open-data'));
  await look(reader, 'open data');
  const coming = reader.waitForEvent('download');
  await reader.locator('main a[href="/open-data/bundle.zip"]').click();
  const file = path.join(site.folder, 'bundle.zip');
  await (await coming).saveAs(file);
  const bytes = fs.readFileSync(file);
  assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04', 'the bundle is a zip');
  assert.ok(bytes.includes('datapackage.json') && bytes.includes('journal/'), 'with its description and the journal');
}

/** The settings, the logo, the people, the mails, what was done, and the end of the process. */
async function keepHouse(page, process, { to, w, look, wrong, send, both, assert, site }) {
  // Files of a consultation held elsewhere: looked for, one of them broken, named by its line.
  await page.goto(to('/admin/data'));
  await look(page, 'data');
  await page.locator('main a[href="/admin/import/consultation"]').click();
  await look(page, 'import', 'import');
  await wrong(page, '/admin/import/consultation', {}, ['opinions', 'arguments', 'sources']);
  const csv = (text) => ({ name: 'file.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  assert.equal(await send(page, '/admin/import/consultation', { opinions: csv('id\n1\n'), arguments: csv('id\n'), sources: csv('id\n') }), 422);
  await look(page, 'import, refused', 'import-refused');
  assert.ok((await page.locator('main td').first().innerText()).includes('file.csv'));
  await page.goto(to('/admin/settings'));
  await look(page, 'settings', 'settings');
  await wrong(page, '/admin/settings', { name_fr: '', name_en: '', accent: '#ffd000', zone: 'Mars' }, ['name_fr', 'accent', 'zone']);
  assert.equal(await send(page, '/admin/settings', { ...both('name', w.town), accent: '#5b2a86', zone: 'Europe/Paris' }), 303);
  for (const sub of ['legal', 'accessibility']) {
    await page.goto(to(`/admin/settings/${sub}`));
    await look(page, `settings, ${sub}`);
  }
  await page.goto(to('/admin/settings/legal'));
  assert.equal(await send(page, '/admin/settings/legal', { ...both('publisher', w.town), contact_email: 'mairie@example.org' }), 303);

  const files = { bad: path.join(site.folder, 'logo.svg'), good: path.join(site.folder, 'logo.png') };
  fs.writeFileSync(files.bad, '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  fs.writeFileSync(files.good, png(120, 60, [35, 69, 122]));
  await page.goto(to('/admin/settings/logo'));
  await wrong(page, '/admin/settings/logo', {}, ['logo']);
  await wrong(page, '/admin/settings/logo', { logo: files.bad }, ['logo'], 'logo-mistakes');
  assert.equal(await send(page, '/admin/settings/logo', { logo: files.good, ...both('alt', w.town) }), 303);
  const drawn = await page.locator('.site-header img.logo').evaluate((image) => image.complete && image.naturalWidth > 0);
  assert.ok(drawn, 'the logo is shown');
  await look(page, 'settings, logo', 'logo');

  await page.goto(to('/admin/participants'));
  await wrong(page, '/admin/participants', { email: 'nobody' }, ['email'], 'participants');
  assert.equal(await send(page, '/admin/participants', { email: 'moderation@example.org', new_role: 'moderator' }), 303);
  await page.locator('main tbody a').filter({ hasText: 'Camille' }).click();
  const person = new URL(page.url()).pathname;
  await look(page, 'participant', 'participant');
  assert.equal(await send(page, `${person}/suspend`), 422);
  await look(page, 'participant, no reason to suspend');
  assert.equal(await send(page, `${person}/role`, { role: 'editor' }), 303);

  await page.goto(to('/admin/mails'));
  await look(page, 'mails', 'mails');
  await page.locator('main ul.items a').first().click();
  await look(page, 'mail', 'mail');
  for (const [place, pictured] of [['audit', 'audit'], ['data', 'data'], ['processes', 'processes']]) {
    await page.goto(to(`/admin/${place}`));
    await look(page, place, pictured);
  }

  await page.goto(to(`${process}/documents/new`));
  await wrong(page, `${process}/documents/new`, {}, ['kind', 'title_fr', 'body_fr']);
  assert.equal(await send(page, `${process}/documents/new`, { kind: 'synthesis', ...both('title', w.title), ...both('body', w.answer) }), 303);
  await page.goto(to(process));
  assert.equal(await send(page, `${process}/archive`), 303);
  await look(page, 'process, archived');
}

for (const js of [true, false]) {
  for (const locale of ['fr', 'en']) {
    journey(`a town hall holds a consultation, ${locale}, scripts ${js ? 'on' : 'off'}`, { site: empty, seconds: 400 }, async (tools) => {
      const at = atWork(tools, { locale, js });
      const page = await tools.open({ js, locale });
      await setUp(page, at);
      const process = await createProcess(page, at);
      const consultation = await createConsultation(page, process, at);
      const author = await tools.open({ js, locale });
      await tools.register(author, { to: 'camille@example.org', name: 'Camille', next: consultation.base, admin: page });
      const { article, proposal } = await takePart(author, consultation.base, at);
      await moderate(page, author, proposal, at);
      await decideAmendments(page, consultation.admin, at);
      await answer(page, proposal, at);
      await closeConsultation(page, author, process, article, at);
      const reader = await tools.open({ js, locale });
      await publishResults(page, reader, consultation, at);
      await keepHouse(page, process, at);
    });
  }
}

journey('a moderator hides a flagged contribution with the keyboard alone', { seconds: 120 }, async (tools) => {
  const { open, press, tabTo, type, focusSeen, assert, site } = tools;
  const page = await open({ js: false, locale: 'fr', as: 'moderator' });
  await page.goto(`${site.url}/admin`);
  await press(page, 'link', 'Modération', { within: page.locator('main') });
  const flagged = page.locator('main ul.items a[href^="/admin/moderation/"]').first();
  const title = (await flagged.innerText()).trim();
  await press(page, 'link', title);
  await page.waitForURL(/\/admin\/moderation\/\d+$/);
  const contribution = page.url();
  await tabTo(page, 'radio', '', { within: page.locator('form[action$="/hide"]') });
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await focusSeen(page);
  await type(page, 'Explication', 'Ce texte vise une personne au lieu de parler du sujet.');
  await press(page, 'button', 'Masquer', { within: page.locator('form[action$="/hide"]') });
  await page.locator('form[action$="/restore"]').waitFor();
  assert.equal(page.url(), contribution, 'it is hidden');
});
