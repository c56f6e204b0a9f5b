// A citizen, from the mail link to the receipt: in both languages, with and without scripts. Selectors are the
// forms' own addresses and fields, so that one journey is walked in every language.

import { journey } from './harness.mjs';

const words = {
  fr: {
    argument: 'Ce banc devant l’école change tout : on s’y retrouve, on se parle, on attend les petits sans courir.',
    title: 'Des bancs à l’ombre sur le chemin de l’école',
    body: 'Installer trois bancs à l’ombre entre la mairie et l’école, avec un dossier et des accoudoirs, pour que les personnes âgées puissent faire une pause.',
    wording: 'Les bancs sont installés avant l’été et leur entretien est inscrit au budget.',
    why: 'Sans entretien prévu, un banc cassé reste cassé pendant deux ans.',
    search: 'bancs ombre',
  },
  en: {
    argument: 'A bench outside the school changes everything: people meet, talk and wait for the children in peace.',
    title: 'Shaded benches on the way to school',
    body: 'Install three shaded benches between the town hall and the school, with backs and armrests, so that older people can rest on the way.',
    wording: 'The benches are installed before summer and their upkeep is part of the budget.',
    why: 'Without planned upkeep, a broken bench stays broken for two years.',
    search: 'shaded benches',
  },
};

/** Opens the demonstration's consultation under way, from the home page, by following links. */
async function openConsultation(page, site) {
  await page.goto(`${site.url}/`);
  await page.locator('main a[href="/p/plan-de-circulation-et-des-mobilites"]').first().click();
  const activity = page.locator('main a[href^="/p/plan-de-circulation-et-des-mobilites/"]');
  const hrefs = await activity.evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  const path = hrefs.find((href) => /^\/p\/[^/]+\/[^/#?.]+$/.test(href));
  if (path && !/^\/p\/[^/]+\/[^/]+$/.test(new URL(page.url()).pathname)) await page.goto(`${site.url}${path}`);
  return new URL(page.url()).pathname;
}

for (const [turn, js] of [true, false].entries()) {
  for (const [place, locale] of ['fr', 'en'].entries()) {
    const count = 2 * turn + place + 1;
    const w = words[locale];
    const tag = `${locale}${js ? '' : '-without-scripts'}`;
    journey(`a citizen takes part, ${locale}, scripts ${js ? 'on' : 'off'}`, { seconds: 240 }, async (tools) => {
      const { site, open, axe, shot, outboxLink, assert, noCookie } = tools;
      const page = await open({ js, locale });
      const path = await openConsultation(page, site);
      await axe(page, 'consultation, signed out');
      await shot(page, `consultation-${tag}`);
      await noCookie(page);

      // Register by mail.
      const to = `citizen-${count}@example.org`;
      await page.goto(`${site.url}/sign-in?next=${encodeURIComponent(path)}`);
      await axe(page, 'sign in');
      await shot(page, `sign-in-${tag}`);
      const asking = page.locator('form[action="/sign-in"], form:has(input[name="email"])').first();
      await asking.locator('button').first().click(); // empty: the mistake is said beside the field
      assert.equal(await page.locator('#email-error').count(), 1);
      await axe(page, 'sign in, mistake');
      await page.locator('form:has(input[name="email"]) input[name="email"]').first().fill(to);
      await page.locator('form:has(input[name="email"]) button').first().click();
      await axe(page, 'mail sent');
      const link = await outboxLink({ to, pattern: /sign-in\// });
      await page.goto(link);
      await axe(page, 'mail link');
      await page.locator('main form button').first().click();
      await page.waitForURL(/welcome/);
      await axe(page, 'welcome');
      await shot(page, `welcome-${tag}`);
      await page.locator('input[name="pseudonym"]').fill(`Camille ${count}`);
      for (const box of await page.locator('main input[type="checkbox"]').all()) if (!(await box.isChecked())) await box.check();
      await page.locator('main form:has(input[name="pseudonym"]) button').first().click();
      await page.waitForURL((url) => !url.pathname.includes('welcome'));

      // Vote on an article, change one's mind.
      await page.goto(`${site.url}${path}`);
      await axe(page, 'consultation, signed in');
      await page.locator(`main .outline a[href*="/c/"]`).first().click();
      const text = page.url().replace(/[?#].*/, '');
      await axe(page, 'article');
      await page.locator('section[aria-labelledby="vote"] form[action$="/vote"] button[value="1"]').click();
      assert.equal(await page.locator('form.vote button[value="1"]').getAttribute('aria-pressed'), 'true');
      await axe(page, 'article, voted');
      await page.locator('form.vote button[value="-1"]').click();
      assert.equal(await page.locator('form.vote button[value="-1"]').getAttribute('aria-pressed'), 'true');
      await shot(page, `article-${tag}`);

      // The receipt of the vote.
      await page.locator('main a[href^="/receipt/"]').first().click();
      await axe(page, 'receipt');
      await shot(page, `receipt-${tag}`);
      assert.ok(await page.locator('main svg, main img').count(), 'the receipt has its QR code');

      // Argue; too short first.
      await page.goto(text);
      const side = page.locator('.side-for');
      await side.locator('summary').first().click();
      await side.locator('form[action$="/argue"] textarea').fill('trop');
      await side.locator('form[action$="/argue"] button').click();
      assert.ok(await page.locator('[id$="-error"]').count(), 'the mistake is beside the field');
      await axe(page, 'argument, mistake');
      await page.locator('form[action$="/argue"] textarea').first().fill(w.argument);
      await page.locator('form[action$="/argue"] button').first().click();
      await page.waitForURL(/\/c\/\d+/);
      assert.ok(await page.getByText(w.argument).count(), 'the argument is shown');

      // Propose: write, see the similar ones, preview, publish.
      await page.goto(`${site.url}${path}/propose`);
      await axe(page, 'propose');
      await page.locator('main form button').first().click(); // nothing written: all the mistakes at once
      assert.ok((await page.locator('[id$="-error"]').count()) >= 2);
      await axe(page, 'propose, mistakes');
      await shot(page, `propose-mistakes-${tag}`);
      const sections = page.locator('select[name="section"]');
      if (await sections.count()) await sections.selectOption({ index: 1 });
      await page.locator('input[name="title"]').fill(`${w.title} ${count}`);
      await page.locator('textarea[name="body"]').fill(w.body);
      await page.locator('textarea[name="explanation"]').fill(w.why);
      await page.locator('main form button').first().click();
      const next = page.locator('a[href*="step=preview"]');
      if (await next.count()) {
        await axe(page, 'similar proposals');
        await shot(page, `similar-${tag}`);
        await next.click();
      }
      await axe(page, 'preview');
      await page.locator('button[value="publish"]').click();
      await page.waitForURL(/\/c\/\d+/);
      await axe(page, 'proposal, published');
      const mine = page.url().replace(/[?#].*/, '');
      assert.ok((await page.locator('h1').innerText()).includes(w.title));

      // Propose another wording of an article.
      await page.goto(`${text}/amend`);
      await axe(page, 'amend');
      const current = await page.locator('textarea[name="body"]').inputValue();
      await page.locator('textarea[name="body"]').fill(`${current}\n\n${w.wording} (${count})`);
      if (await page.locator('input[name="title"]').count()) await page.locator('input[name="title"]').fill(w.title);
      await page.locator('textarea[name="explanation"]').fill(w.why);
      for (let step = 0; step < 3 && !/\/c\/\d+(#.*|\?.*)?$/.test(page.url()); step += 1) {
        await page.locator('main form button').first().click();
        if (step === 0) {
          await axe(page, 'amend, preview');
          await shot(page, `amend-preview-${tag}`);
        }
      }
      assert.ok(await page.locator('ins').count(), 'the amendment shows what it adds');
      await axe(page, 'amendment');
      await shot(page, `amendment-${tag}`);

      // Search finds it, accents or not.
      await page.goto(`${site.url}/search?q=${encodeURIComponent(w.search)}`);
      await axe(page, 'search');
      assert.ok(await page.locator(`main a:has-text("${w.title}")`).count(), 'the search finds the proposal');

      // Flag somebody else's text; withdraw one's own; see one's account.
      await page.goto(`${mine}/withdraw`);
      await axe(page, 'withdraw');
      await page.locator('main form button').first().click();
      await page.goto(mine);
      assert.equal(await page.getByText(w.body).count(), 0, 'a withdrawn text is no longer shown');
      await page.goto(`${site.url}/account`);
      await axe(page, 'account');
      await shot(page, `account-${tag}`);
      await page.goto(`${site.url}/account/contributions`);
      await axe(page, 'own contributions');
      for (const place of ['/', '/journal', '/verify', '/open-data', '/accessibility', '/legal', '/privacy', '/contact', '/help', '/site-map']) {
        const answer = await page.goto(`${site.url}${place}`);
        assert.equal(answer.status(), 200, place);
        await axe(page, place);
      }
      await page.locator('form[action="/sign-out"] button').first().click();
      await noSession(page, assert);
    });
  }
}

async function noSession(page, assert) {
  const cookies = await page.context().cookies();
  assert.ok(!cookies.some(({ name, value }) => /parvis$/.test(name) && value), 'the session ended');
}

journey('a vote with the keyboard alone', { seconds: 180 }, async ({ site, open, press, assert }) => {
  const page = await open({ js: false, locale: 'fr', as: 'participant' });
  const path = await openConsultation(page, site);
  await page.goto(`${site.url}${path}`);
  const first = page.locator('main .outline a[href*="/c/"]').first();
  await press(page, 'link', (await first.innerText()).trim());
  await press(page, 'button', 'Pour', { exact: true });
  assert.equal(await page.locator('form.vote button[value="1"]').getAttribute('aria-pressed'), 'true');
  await press(page, 'button', 'Contre', { exact: true });
  assert.equal(await page.locator('form.vote button[value="-1"]').getAttribute('aria-pressed'), 'true');
});

journey('what a signed-out visitor sends is kept while they sign in', { seconds: 120 }, async ({ site, open, axe, assert }) => {
  const page = await open({ js: false, locale: 'fr' });
  const path = await openConsultation(page, site);
  await page.goto(`${site.url}${path}`);
  await page.locator('main .outline a[href*="/c/"]').first().click();
  await page.locator('form.vote button[value="0"]').click();
  await page.waitForURL(/sign-in/);
  await page.locator('form[action="/demo/sign-in/participant"] button').click();
  await page.waitForURL(/kept/);
  await axe(page, 'kept form');
  await page.locator('main form button').first().click();
  await page.waitForURL(/\/c\/\d+/);
  assert.equal(await page.locator('form.vote button[value="0"]').getAttribute('aria-pressed'), 'true');
});
