// Pages that run scripts of ours and tell what came of it. Nothing leaves the machine: every address is answered here, by a name that does not exist.
import type { Browser } from "playwright-core";
import { build } from "esbuild";

/** What a page can ask for: JavaScript by path. `/page.js` is what it runs; `tell` sends its answer. */
export type Scripts = Readonly<Record<string, string>>;

const ADDRESS = "https://glif.invalid";

/** What the page tells, once it does; rejects with what went wrong in it. `headers` are those of the page, its Content-Security-Policy for instance. */
export async function toldBy(
  browser: Browser,
  scripts: Scripts,
  headers: Readonly<Record<string, string>> = {},
): Promise<any> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const told = new Promise<string>((resolve, reject) => {
      page.on("pageerror", reject);
      page.on("crash", () => reject(new Error("the page crashed")));
      void context.exposeFunction("tell", resolve).catch(reject);
    });
    await context.route("**/*", async (route) => {
      const path = new URL(route.request().url()).pathname;
      const script = scripts[path];
      if (path === "/")
        await route.fulfill({
          contentType: "text/html",
          headers: { ...headers },
          body: '<!doctype html><title>glif</title><script type="module" src="/page.js"></script>',
        });
      else if (script === undefined) await route.fulfill({ status: 404 });
      else await route.fulfill({ contentType: "text/javascript", headers: { ...headers }, body: script });
    });
    const [answer] = await Promise.all([told, page.goto(`${ADDRESS}/`)]);
    return JSON.parse(answer);
  } finally {
    await context.close();
  }
}

/**
 * A module of the repository and all that it imports as one for browsers, as an application would bundle it: a module, or a script that declares `glif`. Fails where
 * anything of Node's is reached, and for a script where a module awaits at its top.
 */
export async function bundled(file: string, kind: "module" | "script" = "module"): Promise<string> {
  const format = kind === "module" ? { format: "esm" as const } : { format: "iife" as const, globalName: "glif" };
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    minify: true,
    ...format,
    platform: "browser",
    target: "es2023",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
