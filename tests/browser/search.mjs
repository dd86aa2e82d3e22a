// A search in a real browser whose newest incidents do not fit: the page looks further back by itself.
//
// In:  JSON in the environment variable SEARCH: {url, browser, name, password, rule, entity, found}
// Exit status: 0 if the incident `found` came to be shown, after more than two questions.
import assert from "node:assert/strict";
import { open, shownQueue, signIn } from "./browser.mjs";

const search = JSON.parse(process.env.SEARCH);
const { context, page } = await open(search.browser);
await page.goto(search.url);
await signIn(page, search.name, search.password);
await shownQueue(page);

const questions = [];
page.on("request", (request) => {
  if (request.url().includes("/api/incidents")) questions.push(request.url());
});
await page.goto(`${search.url}/incidents`);
await page.getByLabel("rule").fill(search.rule);
await page.getByLabel("entity").fill(search.entity);
await page.getByRole("button", { name: "Search" }).click();
await page.getByRole("link", { name: search.found }).waitFor({ timeout: 60000 });
assert.ok(questions.filter((url) => url.includes("before=")).length > 1, "it was found too early");
assert.equal(await page.locator("tr .case").count(), 1);
await context.close();
