// Debian's Firefox for tests, where it is installed: an engine that is neither Node's nor Chromium's.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scripts } from "./page.ts";

const FIREFOX = process.env["GLIF_FIREFOX"] ?? "/usr/bin/firefox-esr";
export const firefoxIsThere = existsSync(FIREFOX);

const PAGE = `<!doctype html><title>glif</title>
<script>
  globalThis.tell = (answer) => fetch("/tell", { method: "POST", body: answer });
  addEventListener("error", ({ message }) => fetch("/failed", { method: "POST", body: message }));
</script>
<script type="module" src="/page.js"></script>`;

/** What `/page.js` tells; rejects with what went wrong in it. Playwright drives no Firefox as Debian ships it, so the page is served, and the browser ended once it has told. */
export async function toldByFirefox(scripts: Scripts): Promise<any> {
  const profile = mkdtempSync(join(tmpdir(), "glif-firefox-"));
  let done: (answer: string) => void = () => {},
    failed: (error: Error) => void = () => {};
  const told = new Promise<string>((resolve, reject) => void ([done, failed] = [resolve, reject]));
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("latin1")));
    request.on("end", () => {
      const path = request.url ?? "/",
        script = scripts[path];
      if (path === "/tell") done(Buffer.from(body, "latin1").toString());
      if (path === "/failed") failed(new Error(Buffer.from(body, "latin1").toString()));
      response.statusCode = path === "/" || script !== undefined || request.method === "POST" ? 200 : 404;
      response.setHeader("content-type", `${path === "/" ? "text/html" : "text/javascript"}; charset=utf-8`);
      response.end(path === "/" ? PAGE : script);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const firefox = spawn(
    FIREFOX,
    ["--headless", "--no-remote", "--profile", profile, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`],
    { stdio: "ignore", env: { ...process.env, HOME: profile } },
  );
  const over = new Promise<void>((resolve) => {
    firefox.on("error", (error) => (failed(error), resolve()));
    firefox.on("exit", (code) => (failed(new Error(`firefox ended with ${code}`)), resolve()));
  });
  try {
    return JSON.parse(await told);
  } finally {
    firefox.kill();
    await over;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
