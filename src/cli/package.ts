// Where glif itself is installed: its version, the models and the runtime sources that it ships.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the package, from source or from `dist`. */
export function packageFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (nameIn(folder) === "glif") return folder;
    if (folder === dirname(folder)) throw new Error("the package.json of glif is missing; install glif again");
  }
}

export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8")) as { readonly version: string })
    .version;
}

export function modelsFolder(): string {
  return join(packageFolder(), "models");
}

/** The runtime as it was written, for modules that carry it with them. */
export function runtimeFiles(): readonly { readonly path: string; readonly text: string }[] {
  const folder = join(packageFolder(), "src", "runtime");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => ({ path: `runtime/${name}`, text: readFileSync(join(folder, name), "utf8") }));
}

function nameIn(folder: string): string | null {
  try {
    return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly name?: string }).name ?? null;
  } catch {
    return null;
  }
}
