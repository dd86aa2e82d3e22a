// An officer's day in a real browser: sees, understands, reads, releases, denies, verifies.
//
// In:  JSON in the environment variable DAY: {url, browser, password, shots, first, second,
//      released, denied, order, hostile, bulk}      Out: a line "ok: ..." for each step; screenshots in `shots`
// Exit status: 0 if every step did what it should.
import { createRequire } from "node:module";
import { readFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import assert from "node:assert/strict";
import { open, shownQueue, signIn } from "./browser.mjs";

const day = JSON.parse(process.env.DAY);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
await mkdir(day.shots, { recursive: true });

const { context, page } = await open(day.browser, {
  viewport: { width: 1280, height: 860 },
  colorScheme: "light",
  bypassCSP: false,
});
const elsewhere = [];
const faults = [];
page.on("request", (request) => {
  if (!request.url().startsWith(day.url) && !request.url().startsWith("data:")) elsewhere.push(request.url());
});
page.on("pageerror", (error) => faults.push(String(error)));
page.on("console", (message) => {
  // A refused request is logged by the browser itself; the first question "who am I" is one.
  if (message.type() === "error" && !message.text().includes("401")) faults.push(message.text());
});

page.on("dialog", (dialog) => {
  if (dialog.type() !== "beforeunload") faults.push(`a script of a mail ran: ${dialog.message()}`);
  dialog.dismiss();
});

const done = (what) => console.log(`ok: ${what}`);

// axe runs in the page's isolated world, which the page's own policy does not bind.
async function accessible(where) {
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  await session.send("Runtime.evaluate", { expression: axe, contextId: executionContextId });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}).then(
      (r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target).join(" "))))`,
    contextId: executionContextId, awaitPromise: true, returnByValue: true,
  });
  await session.detach();
  assert.deepEqual(JSON.parse(result.value), [], `axe on ${where}`);
  done(`axe finds nothing on ${where}`);
}

async function shot(name) {
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(day.shots, `${name}.png`) });
}

async function decide(button, reason, action) {
  await page.getByRole("button", { name: button, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/Reason/).fill(reason);
  await accessibleOnce(`the dialog '${button}'`);
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}
const seen = new Set();
async function accessibleOnce(where) {
  if (!seen.has(where)) await accessible(where);
  seen.add(where);
}

await page.goto(day.url);
await accessible("the sign-in");
await signIn(page, day.first, "a wrong password here");
await page.getByRole("alert").getByText("name, password or code is wrong").waitFor();
done("a wrong password is refused with one sentence");
await signIn(page, day.first, day.password);
await shownQueue(page);
await page.getByRole("link", { name: day.released }).waitFor();
await page.getByRole("link", { name: day.denied }).waitFor();
done("both held mails are in the queue");
await accessible("the queue");
await shot("queue");

await page.keyboard.press("j");
await page.keyboard.press("k");
await page.locator("tr.chosen").waitFor();
await page.getByRole("link", { name: day.released }).click();
await page.getByText("************1111").waitFor();
await page.getByText("Why it counts").first().click();
await page.getByText(/luhn/i).first().waitFor();
done("the finding is masked and explained");
await accessible("an incident");
await shot("incident");

await decide("Read", "the customer asked for a copy", "Read");
await page.getByText(day.value).waitFor();
done("the mail is read after a reason is given");
await page.getByRole("button", { name: "Hide" }).click();

await decide("Release", "the customer agreed by phone", "Release");
await page.getByText("1 more officer(s) must agree").waitFor();
done("one officer of two releases nothing");

await page.goto(`${day.url}/incidents/${day.denied}`);
await decide("Deny", "no permission", "Deny");
await page.getByText("Denied.").waitFor();
done("the other mail is denied");
await page.getByRole("button", { name: "Release", exact: true }).waitFor({ state: "detached" });

await page.goto(`${day.url}/incidents/${day.hostile}`);
await page.getByText("onerror=alert(4)", { exact: false }).first().waitFor();
await decide("Read", "to see what it tries", "Read");
await page.getByText("alert(2)", { exact: false }).first().waitFor();
assert.equal(await page.evaluate(() => document.querySelectorAll("main img, main script, main svg[onload]").length), 0);
done("a mail full of markup shows as text and runs nothing");
await page.goto(`${day.url}/incidents/${day.order}`);
await page.getByRole("button", { name: "Not personal data …" }).click();
await page.getByText("Only here").waitFor();
await page.getByText("No other incident on record could be concerned.").waitFor();
await page.getByRole("dialog").getByLabel(/Reason/).fill("our order numbers look like card numbers");
await accessible("the dialog of an exclusion");
await shot("exclusion");
await page.getByRole("button", { name: "Propose" }).click();
await page.getByText(/Proposed as FP-/).waitFor();
await page.getByRole("button", { name: "Replay" }).click();
await page.getByRole("listitem").filter({ hasText: "With the policy of then" }).getByText("the same").waitFor();
done("a false positive is proposed as the narrowest exclusion");
await page.goto(`${day.url}/exclusions`);
await page.getByText("A second person approves it.").waitFor();
assert.equal(await page.getByRole("button", { name: "Approve", exact: true }).count(), 0);
done("whoever proposed it cannot approve it");

await page.getByRole("button", { name: "Sign out" }).click();
await signIn(page, day.second, day.password);
await page.getByRole("heading", { name: "Exclusions" }).waitFor();
await page.getByText("What it would let pass").click();
await page.getByText("No other incident on record could be concerned.").waitFor();
await accessible("the exclusions");
await shot("exclusions");
await decide("Approve", "seen the order form", "Approve");
await page.getByText(/FP-\S+ is approved/).waitFor();
done("the second officer approves the exclusion");
await page.goto(day.url);
await page.getByRole("link", { name: day.released }).click();
await decide("Release", "second look, fine", "Release");
await page.getByText("Released.", { exact: true }).waitFor();
done("the second officer releases it");

await page.goto(day.url);
for (const one of day.bulk) await page.getByRole("link", { name: one }).waitFor();
await page.keyboard.press("?");
await page.getByRole("region", { name: "Keys" }).getByText("select all").waitFor();
await page.keyboard.press("?");
await page.keyboard.press("a");
await page.getByText(/^\d+ selected$/).waitFor();
await page.keyboard.press("Escape");
assert.equal(await page.getByText(/^\d+ selected$/).count(), 0);
await page.getByRole("checkbox", { name: `Select ${day.bulk[0]}` }).check();
await page.getByRole("checkbox", { name: `Select ${day.bulk[1]}` }).check();
await page.getByText("2 selected").waitFor();
await accessible("the queue with a selection");
await shot("bulk");
await page.keyboard.press("d");
const many = page.getByRole("dialog");
await many.getByRole("heading", { name: "Deny 2 messages?" }).waitFor();
await many.getByLabel(/Reason/).fill("a mailing that should not go");
await many.getByRole("button", { name: "Deny", exact: true }).click();
const results = page.getByRole("status", { name: "What came of it" });
await results.getByRole("heading", { name: "2 decided" }).waitFor();
assert.equal(await results.getByText("Denied.").count(), 2);
done("two messages are denied with one reason");

await page.goto(`${day.url}/report`);
await page.getByRole("heading", { name: "By kind of data", exact: true }).waitFor();
await page.getByRole("rowheader", { name: "payment card number" }).first().waitFor();
await page.getByRole("img", { name: /By what was done: \d+ from/ }).waitFor();
const [pack] = await Promise.all([
  page.waitForEvent("download"),
  page.getByRole("link", { name: "Breach pack as HTML" }).click(),
]);
assert.match(pack.suggestedFilename(), /^noshare-breach-.*\.html$/);
done("the report has a chart, and a breach pack to keep");
await accessible("the report");
await shot("report");
await page.goto(`${day.url}/policy`);
await page.getByRole("heading", { name: "cards" }).waitFor();
await page.getByLabel("What if it were").selectOption("deliver");
await page.getByText(/Replayed over all \d+ incidents/).waitFor();
done("the policy page replays another action of a rule");
await accessible("the policy");
await shot("policy");
await page.goto(`${day.url}/playground`);
await page.getByRole("button", { name: "Try a sample" }).click();
await page.locator("mark", { hasText: "4111 1111 1111 1111" }).waitFor({ timeout: 60000 });
await page.getByText("By rule cards").waitFor();
done("the playground marks what the filter finds, live");
await accessible("the playground");
await shot("playground");
await page.goto(`${day.url}/incidents?action=hold`);
await page.getByRole("link", { name: day.denied }).waitFor();
await accessible("the incidents");
await page.goto(`${day.url}/audit`);
await page.getByRole("button", { name: "Verify the chain" }).click();
await page.getByText(/All \d+ entries are as they were written/).waitFor();
done("the audit verifies");
await accessible("the audit");
await shot("audit");

await page.emulateMedia({ colorScheme: "dark" });
await page.setViewportSize({ width: 390, height: 844 });
await page.goto(`${day.url}/incidents/${day.denied}`);
await page.getByText("Who would receive it").waitFor();
await accessible("an incident on a phone, dark");
const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
assert.ok(overflow <= 0, `the page is ${overflow} pixels wider than the phone`);
await shot("phone-dark");
await page.goto(`${day.url}/incidents`);
await page.getByRole("link", { name: day.denied }).waitFor();
assert.ok(!(await page.getByRole("search").isVisible()), "the filters fill half of a phone");
await page.getByRole("button", { name: "Filters" }).click();
await page.getByLabel("sender").waitFor();
await page.getByRole("button", { name: "Filters" }).click();
await accessible("the incidents on a phone, dark");
assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0, "the list is wider than the phone");
await shot("phone-list");
done("it fits a phone");

assert.deepEqual(elsewhere, [], "requests to elsewhere");
assert.deepEqual(faults, [], "faults in the page");
done("no request went elsewhere, no fault in the page");
await context.close();
