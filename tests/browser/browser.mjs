// What the scripts share: a browser with a profile of its own, and the way in.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export async function open(browser, options = {}) {
  const context = await chromium.launchPersistentContext(
    await mkdtemp(join(tmpdir(), "noshare-browser-")),
    {
      executablePath: browser,
      headless: true,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ...options,
    },
  );
  return { context, page: await context.newPage() };
}

export async function signIn(page, name, password) {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function shownQueue(page) {
  await page.getByRole("heading", { name: "Queue" }).waitFor();
}
