// How long the pages take in a real browser: until loaded, and until their data stand there.
//
// In:  JSON in the environment variable LOAD: {url, browser, name, password, pages: {name: [path, selector]}, tries}
// Out: a line of JSON for each page: {page, loaded_ms, drawn_ms}, medians
// `loaded_ms` is the navigation's loadEventEnd, `drawn_ms` when the first frame that shows
// `selector` had been painted, both from the beginning of the navigation.
import { open, shownQueue, signIn } from "./browser.mjs";

const load = JSON.parse(process.env.LOAD);
const { context, page } = await open(load.browser);
// Tells, by the page's own clock, when the frame had been painted in which the data first stood.
await page.addInitScript((selectors) => {
  const selector = selectors[location.pathname];
  window.drawn = new Promise((done) => {
    const observer = new MutationObserver(() => {
      if (!selector || !document.querySelector(selector)) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    });
    observer.observe(document, { subtree: true, childList: true });
  });
}, Object.fromEntries(Object.values(load.pages)));
await page.goto(load.url);
await signIn(page, load.name, load.password);
await shownQueue(page);

const median = (numbers) => Math.round(10 * numbers.sort((a, b) => a - b)[numbers.length >> 1]) / 10;
for (const [name, [path]] of Object.entries(load.pages)) {
  const loaded = [];
  const drawn = [];
  for (let i = 0; i < load.tries; ++i) {
    await page.goto(load.url + path, { waitUntil: "load" });
    drawn.push(await page.evaluate(() => window.drawn));
    loaded.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd));
  }
  console.log(JSON.stringify({ page: name, loaded_ms: median(loaded), drawn_ms: median(drawn) }));
}
await context.close();
