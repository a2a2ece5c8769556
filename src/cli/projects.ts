// Several main files under one host: each path is read by the project that has brought it.
import { sourceText, span, type SourceText } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { unreadable } from "../diagnostics/run.ts";
import type { SourceHost } from "../2-resolve/load.ts";
import { openProject, type FileProject, type SourceFileRead } from "../simulate/fileHost.ts";
import { modelsFolder } from "./package.ts";
import type { Terminal } from "./terminal.ts";

export interface OpenedProjects {
  readonly mains: readonly SourceText[];
  readonly host: SourceHost;
  /** Main files first. */
  filesRead(): readonly SourceFileRead[];
}

export function openProjects(
  files: readonly string[],
  terminal: Terminal,
): OpenedProjects | { readonly diagnostic: Diagnostic } {
  const projects: FileProject[] = [];
  for (const file of files) {
    const project = openProject(file, { cwd: terminal.cwd, models: modelsFolder() });
    if ("problem" in project)
      return { diagnostic: unreadable(span(sourceText(file, ""), 0, 0), { path: file, problem: project.problem }) };
    projects.push(project);
  }
  const owners = new Map<string, FileProject>(projects.map((p) => [p.main.path, p]));
  const ownerOf = (path: string): FileProject | undefined => owners.get(path) ?? projects[0];
  return {
    mains: projects.map((p) => p.main),
    host: {
      resolve(from, target) {
        const owner = ownerOf(from);
        const found = owner?.host.resolve(from, target) ?? { problem: "there is no such file" };
        if ("path" in found && owner !== undefined && !owners.has(found.path)) owners.set(found.path, owner);
        return found;
      },
      read: (path) => ownerOf(path)?.host.read(path) ?? { problem: "there is no such file" },
    },
    filesRead: () => {
      const all = projects.flatMap((p) => p.filesRead());
      return all.filter((file, k) => all.findIndex((other) => other.path === file.path) === k);
    },
  };
}
