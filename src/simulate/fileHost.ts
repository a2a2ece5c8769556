// Sources on disk: the main file, what it imports, and shipped models, none of it from outside the project unless the user named it.
import { createHash } from "node:crypto";
import { readdirSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { nearNames } from "../base/nearNames.ts";
import { sourceText, type SourceText } from "../base/source.ts";
import type { SourceHost } from "../2-resolve/load.ts";
import { decodeInput, readSource, type SourceReading } from "./readSource.ts";

/** A file that went into a run. */
export interface SourceFileRead {
  /** As shown to people. */
  readonly path: string;
  /** On disk; null for standard input. */
  readonly realPath: string | null;
  /** Hexadecimal, of the bytes. */
  readonly sha256: string;
}

export interface FileProject {
  readonly main: SourceText;
  readonly host: SourceHost;
  /** Everything read so far, the main file first. */
  filesRead(): readonly SourceFileRead[];
}

export interface FilePlaces {
  /** The folder glif was started in. */
  readonly cwd: string;
  /** Where `import … from "glif/hh"` looks. */
  readonly models: string;
  /** Files that the command line names, as paths from `cwd`: read wherever they lie. */
  readonly named?: readonly string[];
  /** What standard input holds, for a main file called `-`. */
  readonly input?: Uint8Array | { readonly problem: string };
}

/**
 * The project of a main file. Its root is `cwd` where that contains the main file, else the main file's own folder; imports are relative to the importing file and
 * stay inside the root, symbolic links followed. A file has one path however it is spelled, so that it is read once.
 */
export function openProject(written: string, places: FilePlaces): FileProject | { readonly problem: string } {
  const cwd = real(places.cwd) ?? places.cwd;
  const models = real(places.models);
  const named = new Set((places.named ?? []).map((path) => real(resolve(places.cwd, path))));
  const shownOf = new Map<string, string>();
  const realOf = new Map<string, string>();
  const read: SourceFileRead[] = [];
  const tables = new Map<string, SourceReading>();

  /** One spelling for every real path. */
  const show = (realPath: string, spelling: string): string => {
    const known = shownOf.get(realPath);
    if (known !== undefined) return known;
    shownOf.set(realPath, spelling);
    realOf.set(spelling, realPath);
    return spelling;
  };
  const remember = (path: string, realPath: string | null, bytes: Uint8Array): void => {
    if (!read.some((file) => file.path === path))
      read.push({ path, realPath, sha256: createHash("sha256").update(bytes).digest("hex") });
  };

  let main: SourceText;
  let root = cwd;
  if (written === "-") {
    const input = decodeInput(places.input ?? new Uint8Array());
    if ("problem" in input) return input;
    remember("-", null, input.bytes);
    main = sourceText("-", input.text);
  } else {
    const content = written.includes("\0")
      ? { problem: "there is no such file" }
      : readSource(resolve(places.cwd, written));
    const path = "problem" in content ? null : real(resolve(places.cwd, written));
    if ("problem" in content) return content;
    if (path === null) return { problem: "there is no such file" };
    if (!inside(cwd, path)) root = dirname(path);
    const shown = show(path, relative(places.cwd, resolve(places.cwd, written)).split(sep).join("/"));
    remember(shown, path, content.bytes);
    main = sourceText(shown, content.text);
  }

  const host: SourceHost = {
    resolve(from, target) {
      if (target === "" || target.includes("\0")) return { problem: "there is no such file" };
      const shipped = target.startsWith("glif/");
      const meant = shipped ? null : real(resolve(dirname(realOf.get(from) ?? join(cwd, "-")), target));
      if (meant !== null && named.has(meant)) return { path: show(meant, slashes(relative(cwd, meant))) };
      if (!shipped && (isAbsolute(target) || /^([A-Za-z]:|[\\/]|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/.test(target))) {
        return { problem: "it is outside the project: a path is relative to the file it stands in" };
      }
      const fromReal = realOf.get(from);
      const fromModels =
        shipped || (fromReal !== undefined && models !== null && inside(models, fromReal) && !inside(root, fromReal));
      const limit = fromModels ? models : root;
      if (limit === null) return { problem: "the models that ship with glif are not there; install glif again" };
      const base = shipped ? (models ?? "") : fromReal === undefined ? cwd : dirname(fromReal);
      const relativePath = shipped ? target.slice("glif/".length) + (target.endsWith(".glif") ? "" : ".glif") : target;
      const wanted = resolve(base, relativePath);
      // Said of the spelling first, so that nobody learns what exists outside.
      if (!inside(limit, wanted)) return { problem: outside(fromModels, root === cwd) };
      const path = real(wanted);
      if (path === null) return { problem: `there is no such file${near(limit, wanted, target)}` };
      if (!inside(limit, path)) return { problem: outside(fromModels, root === cwd) };
      return {
        path: show(
          path,
          fromModels && models !== null ? `glif/${slashes(relative(models, path))}` : slashes(relative(cwd, path)),
        ),
      };
    },
    read(path) {
      const realPath = realOf.get(path);
      const content = tables.get(path) ?? readSource(realPath ?? join(cwd, path));
      if ("problem" in content) return content;
      // What an instrument wrote is read once: comparisons and experiments name it more than once.
      if (!path.endsWith(".glif")) tables.set(path, content);
      remember(path, realPath ?? null, content.bytes);
      return { text: content.text };
    },
  };
  return { main, host, filesRead: () => read };
}

function outside(shipped: boolean, started: boolean): string {
  if (shipped) return "it is outside the models that ship with glif";
  return started
    ? "it is outside the project, the folder that glif was started in: start it in a folder that holds both files"
    : "it is outside the project, the folder of the model: start glif in a folder that holds both files";
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}

function inside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** A file of the same folder that may be meant: its ending left out, another case, a slip. */
function near(limit: string, wanted: string, written: string): string {
  try {
    const folderPath = realpathSync(dirname(wanted));
    // Through a link, too, nobody learns what exists outside.
    if (!inside(limit, folderPath)) return "";
    const there = readdirSync(folderPath, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name] : [],
    );
    const name = basename(wanted);
    const folder = written.slice(0, written.lastIndexOf("/") + 1);
    const [slip] = nearNames(stem(name), there.map(stem));
    const found =
      there.find((n) => n === `${name}.glif` || n.toLowerCase() === name.toLowerCase()) ??
      there.find((n) => stem(n) === slip);
    if (found === undefined) return "";
    return `; did you mean "${folder}${written.startsWith("glif/") ? found.replace(/\.glif$/, "") : found}"?`;
  } catch {
    return "";
  }
}

function stem(name: string): string {
  return name.replace(/\.\w+$/, "");
}

/** With symbolic links followed; null where there is nothing. */
function real(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
