// The house stands: it answers, its first page is whole with and without scripts, in both languages.

import { journey } from './harness.mjs';

journey('the program says that it is well', async ({ site, open, assert }) => {
  const page = await open();
  const answer = await page.request.get(`${site.url}/health`);
  assert.equal(answer.status(), 200);
});

for (const js of [true, false]) {
  for (const locale of ['fr', 'en']) {
    journey(`the home page, ${locale}, scripts ${js ? 'on' : 'off'}`, async ({ site, open, axe, shot, noCookie, assert }) => {
      const page = await open({ js, locale });
      const answer = await page.goto(`${site.url}/`);
      assert.equal(answer.status(), 200);
      assert.equal(await page.locator('html').getAttribute('lang'), locale);
      assert.equal(await page.locator('h1').count(), 1);
      await axe(page, 'home');
      await shot(page, `home-${locale}${js ? '' : '-without-scripts'}`);
      await noCookie(page);
    });
  }
}

journey('a page that does not exist helps, in the language of the visitor', async ({ site, open, axe, assert }) => {
  for (const locale of ['fr', 'en']) {
    const page = await open({ locale, js: false });
    const answer = await page.goto(`${site.url}/nowhere-at-all`);
    assert.equal(answer.status(), 404);
    assert.equal(await page.locator('html').getAttribute('lang'), locale);
    await axe(page, 'unknown page');
  }
});

journey('the first stop of the keyboard leads to the content', async ({ site, open, focusSeen, assert }) => {
  const page = await open({ locale: 'fr', js: false });
  await page.goto(`${site.url}/`);
  await page.keyboard.press('Tab');
  await focusSeen(page);
  const target = await page.evaluate(() => document.activeElement.getAttribute('href'));
  assert.match(target ?? '', /^#/);
  assert.equal(await page.locator(target).count(), 1);
});
