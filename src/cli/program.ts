// The commands with their options and help. What they do is loaded when one is called, so that help answers at once.
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { inFile } from "../diagnostics/names.ts";
import { visible } from "../render/glyphs.ts";
import { reasonOf } from "../simulate/writeWhole.ts";
import type { CompileOptions } from "./commands/compile.ts";
import type { ExportOptions } from "./commands/export.ts";
import type { FitOptions } from "./commands/fit.ts";
import type { ImportOptions } from "./commands/import.ts";
import type { ImportRecordingOptions } from "./commands/importRecording.ts";
import type { RunCommandOptions } from "./commands/run.ts";
import { packageVersion } from "./package.ts";
import { complain } from "./talk.ts";
import type { Terminal } from "./terminal.ts";

/** Runs one command line (without `node` and the script). Gives the exit code: 0, 1 for diagnostics or a failed run, 2 for wrong usage, 130 when interrupted, 143 and 129 by SIGTERM and SIGHUP. */
export async function commandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0;
  const program = definition(terminal, words, async (command) => {
    code = await command;
  });
  try {
    // `glif --help run` is the help of `run`.
    const isHelpOf = /^(?:--help|-h)$/.test(words[0] ?? "") && words[1] !== undefined;
    await program.parseAsync(isHelpOf ? ["help", ...words.slice(1)] : [...words], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const refusal = refusalOf(error);
    if (refusal !== null) complain(terminal, refusal);
    else
      terminal.err(
        `error: glif itself has failed: ${error instanceof Error ? error.message : String(error)}\nThis is a fault of glif, not of your model; please report it.\n${
          terminal.debug
            ? `${error instanceof Error ? (error.stack ?? "") : ""}\n`
            : "GLIF_DEBUG=1 shows where it was.\n"
        }`,
      );
    return 1;
  }
}

/** What the system did not let glif do, in words; null where that is not what has happened. */
function refusalOf(error: unknown): string | null {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === "uv_cwd") return "the working directory is not there any more: go to another one";
  if (syscall === undefined || code === undefined || !/^E[A-Z0-9]+$/.test(code)) return null;
  return `the system does not let glif go on: ${reasonOf(error)}${path === undefined ? "" : ` (${path})`}`;
}

/** What commander says, with the words of the command line as `complain` would show them. */
function cleaned(text: string, words: readonly string[]): string {
  const raw = words
    .flatMap((word) => [word, word.slice(word.indexOf("=") + 1)])
    .filter((word) => word !== visible(word))
    .sort((a, b) => b.length - a.length);
  const shown = raw.reduce((all, word) => all.replaceAll(word, () => visible(word)), text);
  return shown.split("\n").map(visible).join("\n");
}

function definition(
  terminal: Terminal,
  words: readonly string[],
  finish: (command: number | Promise<number>) => Promise<void>,
): Command {
  const program = new Command("glif")
    .description("Spiking neurons and networks from their equations: check, run and compile .glif files.")
    .usage("COMMAND …")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [COMMAND]", "print the help of a command")
    .addHelpText(
      "after",
      `
Examples:
  glif init                     write a first model
  glif run lif.glif             run its experiment: spikes, traces and a figure
  glif run --help               all that run can do

Exit codes: 0 done, 1 mistakes in a model or a run that failed, 2 wrong usage,
130 interrupted by Ctrl-C, 143 by SIGTERM, 129 by a hang-up`,
    );
  const command = (name: string, summary: string, examples: string): Command =>
    program
      .command(name)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase() ?? ""}${summary.slice(1)}.`)
      .helpOption("-h, --help", "print this help")
      .addHelpText(
        "after",
        `\nExamples:\n${examples
          .trim()
          .split("\n")
          .map((line) => `  ${line.trim()}`)
          .join("\n")}`,
      );

  command("init", "write a first model with an experiment", "glif init\nglif init my-models")
    .argument("[DIR]", "folder to write it to", named, ".")
    .action(async (folder: string) => finish((await import("./commands/init.ts")).init(folder, terminal)));

  command(
    "check",
    "find mistakes in models: syntax, names, units, methods",
    "glif check lif.glif\nglif check models/*.glif\nglif check --json lif.glif\ncat lif.glif | glif check -",
  )
    .argument("<FILE...>", "model files, or - for standard input")
    .option("--json", "print the diagnostics as JSON", false)
    .action(async (files: readonly string[], options: { json: boolean }) =>
      finish((await import("./commands/check.ts")).check(files, options, terminal)),
    );

  command(
    "compile",
    "write the TypeScript that an experiment or a neuron becomes",
    "glif compile lif.glif\nglif compile lif.glif CurrentStep -o step.ts\nglif compile lif.glif LIF --standalone -o lif.ts\nglif compile lif.glif --js -o build/",
  )
    .argument("<FILE>", "model file, or - for standard input")
    .argument("[NAME]", "experiment or neuron; may be left out where there is one")
    .option("-o, --out <PATH>", "file, or folder for one file each (default: standard output)", named)
    .option(
      "--set <NAME=VALUE>",
      "set a parameter, an initial value, a delay or an input of an experiment; can be repeated",
      collect,
      [],
    )
    .option("--standalone", "carry the runtime along: the module imports nothing", false)
    .option("--js", "JavaScript instead of TypeScript", false)
    .action(async (file: string, name: string | undefined, options: CompileOptions) =>
      finish((await import("./commands/compile.ts")).compile(file, name ?? null, options, terminal)),
    );

  command(
    "run",
    "run an experiment and write its spikes, traces, figure and manifest",
    `glif run lif.glif
     glif run lif.glif CurrentStep --seed 42
     glif run lif.glif --set LIF.t_ref="2 ms" --set I_e="250 pA"
     glif run lif.glif --duration "200 ms" --step "0.05 ms" --out results
     glif run lif.glif --json --quiet > summary.json
     glif run lif.glif --check-step
     glif run network.glif --threads 4
     glif run lif.glif --sonata
     node --cpu-prof $(which glif) run lif.glif --keep-module kept`,
  )
    .argument("<FILE>", "model file, or - for standard input")
    .argument("[EXPERIMENT]", "may be left out where there is one")
    .option("--seed <N>", "seed of all random numbers (default: the experiment's, else one is drawn)", seed)
    .option("--set <NAME=VALUE>", "set a parameter, an initial value or an input; can be repeated", collect, [])
    .option("--duration <TIME>", 'how long to simulate, such as "200 ms"')
    .option("--step <TIME>", 'time step, such as "0.05 ms"')
    .option(
      "--out <DIR>",
      "folder for the results: new, empty or an earlier run's (default: a new one under out/)",
      named,
    )
    .option("--check-step", "run once more at half the step, and tell what that moves", false)
    .option("--json", "print a summary as JSON", false)
    .option("--no-figure", "write no figure")
    .option("--sonata", "write the spikes as SONATA too, to spikes.h5; needs the package h5wasm", false)
    .option(
      "--keep-module <DIR>",
      "keep the JavaScript that runs, with a source map to the model's lines, for a debugger or a profiler; nothing runs as WebAssembly then",
      named,
    )
    .option(
      "--threads <N>",
      "threads that divide the neurons among them (default: one a core where that is faster); the results are the same",
      wholeNumber(1, 256),
    )
    .option("--force", "begin even if the recordings will be very large", false)
    .option("-q, --quiet", "say nothing but errors", false)
    .action(async (file: string, experiment: string | undefined, options: RunCommandOptions) =>
      finish((await import("./commands/run.ts")).run(file, experiment ?? null, options, terminal)),
    );

  comparing(
    command(
      "compare",
      "hold variants of models against each other: what differs, and whether step or seed explain it",
      `glif compare levels.glif
     glif compare levels.glif Levels --seeds 20 --out results
     glif compare one.glif another.glif --measure rate,latency
     glif compare levels.glif --workers 1 --format html,csv`,
    ),
  )
    .argument("<FILE>", "model file, or - for standard input")
    .argument(
      "[COMPARISON or FILE...]",
      "may be left out where there is one comparison; or further files, whose experiments of the same name are held against each other",
    )
    .action(async (file: string, names: readonly string[], options: ComparingWords) =>
      finish((await import("./commands/compare.ts")).compare(file, names, options, terminal)),
    );

  comparing(
    command(
      "sweep",
      "run an experiment over a range or a grid of parameter values",
      `glif sweep lif.glif --over "t_ref over 1 ms .. 5 ms in 9 steps"
     glif sweep glif.glif CurrentStep --over "I_e over [100, 200, 300] pA" --over "b_s over 0.01 /ms .. 0.1 /ms in 5 steps" --measure rate
     glif sweep glif.glif --over "b_s ~ normal(0.02 /ms, 0.005 /ms, min: 0 /ms) in 100 draws"
     glif sweep lif.glif --over "t_ref over 1 ms .. 5 ms in 9 steps" --reference cell.csv --measure coincidence`,
    ),
  )
    .argument("<FILE>", "model file, or - for standard input")
    .argument("[EXPERIMENT]", "may be left out where there is one")
    .option("--over <SWEEP>", "what is swept, as in a comparison; can be repeated", listed, [])
    .option(
      "--reference <FILE>",
      "recording that distances are taken to, such as cell.csv; twice for traces and spikes",
      paths,
      [],
    )
    .option("--duration <TIME>", 'how long to simulate, such as "200 ms"')
    .option("--step <TIME>", 'time step, such as "0.05 ms"')
    .action(
      async (
        file: string,
        experiment: string | undefined,
        options: ComparingWords & { over: readonly string[]; reference: readonly string[] },
      ) => finish((await import("./commands/sweep.ts")).sweep(file, experiment ?? null, options, terminal)),
    );

  command(
    "fit",
    "find the numbers with which models explain a recording, and say how sure they are",
    `glif fit cell.glif
     glif fit cell.glif Cell --out results --evaluations 2000
     glif fit glif.glif GLIF --to cell.csv --free "C in 20 pF .. 400 pF" --free "E_L in -80 mV .. -50 mV"
     glif fit glif.glif "GLIF, LIF" --to traces.csv --to spikes.csv --free "C in 20 pF .. 400 pF" --measure "subthreshold_rmse(V)" --train "0 s .. 8 s" --test "8 s .. 10 s"`,
  )
    .argument("<FILE>", "model file, or - for standard input")
    .argument("[FIT or MODELS]", "a fit that the file declares; with --to the models, separated by commas")
    .option("--to <FILE>", "recording to explain, such as cell.csv; twice for traces and spikes", paths, [])
    .option(
      "--free <NUMBER>",
      'what may change, such as "C in 20 pF .. 400 pF logarithmic"; can be repeated',
      listed,
      [],
    )
    .option("--under <EXPERIMENT>", "experiment of the recording; may be left out where there is one", listed, [])
    .option("--measure <NAMES>", "what is to be near, separated by commas; can be repeated", measures, [])
    .option("--train <WINDOW>", 'part that is seen, such as "0 s .. 12 s"; can be repeated', listed, [])
    .option("--test <WINDOW>", 'part that is kept back, such as "12 s .. 20 s"; can be repeated', listed, [])
    .option("--evaluations <N>", "runs of candidates (default: the fit's, else 5000)", wholeNumber(1, 1_000_000_000))
    .option(
      "--profile",
      "intervals by profiles: each number held at values while the others are sought anew (takes longer)",
      false,
    )
    .option("--seeds <N>", "number of searches (default: the fit's, else 5)", wholeNumber(1, 100_000))
    .option("--seed <N>", "the first seed (default: the experiment's, else 1)", seed)
    .option("--set <NAME=VALUE>", "set a parameter, an initial value or an input; can be repeated", collect, [])
    .option(
      "--out <DIR>",
      "folder for the results: new, empty or an earlier fit's, which goes on where it was stopped (default: a new one under out/)",
      named,
    )
    .option(
      "--workers <N>",
      "threads (default: as many as there are cores); the results are the same",
      wholeNumber(1, 1024),
    )
    .option("--force", "begin even if the recordings will be very large", false)
    .option("--json", "print the result as JSON", false)
    .option("-q, --quiet", "say nothing but errors", false)
    .action(async (file: string, name: string | undefined, options: FitOptions) =>
      finish((await import("./commands/fit.ts")).fit(file, name ?? null, options, terminal)),
    );

  command(
    "explain",
    "tell how a model is integrated and why, which way a fit takes, or what a diagnostic means",
    "glif explain lif.glif\nglif explain lif.glif CurrentStep\nglif explain units/mismatched-terms",
  )
    .argument("<FILE or CODE>", "model file, - for standard input, or the code of a diagnostic")
    .argument("[NAME]", "experiment, neuron or fit; may be left out where there is one experiment or neuron")
    .action(async (subject: string, name: string | undefined) =>
      finish((await import("./commands/explain.ts")).explain(subject, name ?? null, terminal)),
    );

  command(
    "diff",
    "tell how two models differ in their equations, whatever they are written like",
    `glif diff old.glif new.glif
     glif diff old.glif new.glif LIF
     glif diff teeter.glif GLIF3 GLIF4
     glif diff --json old.glif new.glif`,
  )
    .argument("<FILE>", "model file, or - for standard input")
    .argument(
      "<FILE or MODEL...>",
      "a second file and, if wanted, the model or the two models meant; or two models of the one file",
    )
    .option("--json", "print the differences as JSON", false)
    .addHelpText(
      "after",
      "\nExit code 0 where they are equal and where they differ: the text says which, and --json has `equal`. 3 where neither is proven: `equal` is null.",
    )
    .action(async (file: string, rest: readonly string[], options: { json: boolean }) =>
      finish((await import("./commands/diff.ts")).diff([file, ...rest], options, terminal)),
    );

  command(
    "import",
    "make a .glif model of another tool's file, or a table of an instrument's",
    `glif import allen neuron_config.json
     glif import allen neuron_config.json --name Htr3a -o htr3a.glif
     glif import allen configs.json -o cells/
     glif import recording cell.abf -o cell.csv
     glif import recording cell.nwb --sweeps 12,30-35 -o cell.csv
     glif import recording voltage.ibw current.ibw -o cell.csv`,
  )
    .argument(
      "<FORMAT>",
      "allen: a neuron_config.json of the Allen Cell Types Database, or several in one file; recording: an instrument's file, .abf, .ibw or .nwb",
    )
    .argument("<FILE...>", "the file, or - for standard input; of a recording several that were made together")
    .option("-o, --out <PATH>", "file, or folder for a file of its name (default: standard output)", named)
    .option("--name <NAME>", "allen: name of the neuron (default: after its level, GLIF3)")
    .option("--sweeps <LIST>", "recording: only these sweeps, 3 or 0,4-7 (default: all)")
    .option("--json", "print what was read, and the diagnostics, as JSON", false)
    .action(async (format: string, files: readonly string[], options: ImportOptions & ImportRecordingOptions) =>
      finish(
        format === "recording"
          ? (await import("./commands/importRecording.ts")).importRecording(files, options, terminal)
          : (await import("./commands/import.ts")).importModel(format, files, options, terminal),
      ),
    );

  command(
    "export",
    "make a model of another simulator of an experiment, a network or a neuron",
    `glif export brian2 lif.glif
     glif export brian2 network.glif Noisy -o brian2/
     glif export brian2 network.glif Noisy --exact -o brian2/
     glif export brian2 brunel2000.glif SynchronousRegular --exact --set Brunel.scale=0.1 -o brunel/`,
  )
    .argument("<TARGET>", "brian2: a script for Brian2")
    .argument("<FILE>", "model file, or - for standard input")
    .argument("[NAME]", "experiment, network or neuron; may be left out where there is one")
    .option(
      "-o, --out <DIR>",
      "folder for the script, what lies beside it, and how it is run (default: the script to standard output)",
      named,
    )
    .option("--exact", "connections, draws and steps exactly as glif makes them, for the same spikes", false)
    .option("--seed <N>", "with --exact: seed of what is drawn (default: the experiment's, else 1)", seed)
    .option(
      "--set <NAME=VALUE>",
      "set a parameter, an initial value, a delay or an input; can be repeated",
      collect,
      [],
    )
    .option("--json", "print what was written, and the diagnostics, as JSON", false)
    .action(async (target: string, file: string, name: string | undefined, options: ExportOptions) =>
      finish((await import("./commands/export.ts")).exportModelTo(target, file, name ?? null, options, terminal)),
    );

  for (const c of [program, ...program.commands]) {
    c.exitOverride()
      .allowExcessArguments(false)
      .showHelpAfterError(`Type \`${c === program ? "glif" : `glif ${c.name()}`} --help\` to see how it is used.`)
      .configureOutput({
        writeOut: (text) => terminal.out(text),
        writeErr: (text) => terminal.err(cleaned(text, words)),
        outputError: (text, write) => {
          const hint = commandHint(text) || optionHint(text, c.name());
          write(`${hint === "" ? text : text.replace(/\n\(Did you mean [^\n]*/u, "")}${hint}`);
        },
        getOutHelpWidth: () => 100,
        getErrHelpWidth: () => 100,
        getOutHasColors: () => terminal.color.out,
        getErrHasColors: () => terminal.color.err,
      });
  }
  return program;
}

/** What people call the commands, and a file where a command stands. */
function commandHint(text: string): string {
  const [, word = ""] = /unknown command '([^']*)'/.exec(text) ?? [];
  const called: Readonly<Record<string, string>> = {
    simulate: "`glif run FILE`",
    sim: "`glif run FILE`",
    start: "`glif run FILE`",
    exec: "`glif run FILE`",
    plot: "`glif run FILE`, which draws a figure, too",
    show: "`glif explain FILE`",
    validate: "`glif check FILE`",
    lint: "`glif check FILE`",
    test: "`glif check FILE`",
    build: "`glif compile FILE`",
    convert: "`glif import FORMAT FILE`",
    scan: "`glif sweep FILE`",
    optimize: "`glif fit FILE`",
    optimise: "`glif fit FILE`",
    new: "`glif init`",
    version: "`glif --version`",
  };
  const meant = word.endsWith(".glif")
    ? `\`glif run ${word}\``
    : Object.hasOwn(called, word)
      ? called[word]
      : undefined;
  return meant === undefined ? "" : `That is ${meant}.\n`;
}

/** What people ask for as an option, and where it is. */
function optionHint(text: string, command: string): string {
  const [, option = ""] = /unknown option '--?([\w-]+)/.exec(text) ?? [];
  const swept = 'What is swept is --over "C over [50, 100] pF".';
  const seeds =
    command === "run"
      ? "A run is one trial: another one is --seed 2; `glif sweep` and `glif compare` take several, --seeds 10."
      : "The number of trials is --seeds 10.";
  const instead: Readonly<Record<string, string>> = {
    dt: 'The time step is --step "0.05 ms".',
    timestep: 'The time step is --step "0.05 ms".',
    time: 'How long to simulate is --duration "200 ms".',
    tstop: 'How long to simulate is --duration "200 ms".',
    method:
      command === "fit"
        ? "How the search goes is not chosen: a fit takes the way that its measures allow. How long it may take is --evaluations 5000."
        : "A method is chosen in the file: write `method rk4` in the experiment.",
    ...(command === "compile" ? { target: "The target is TypeScript, or JavaScript with --js." } : {}),
    ...(command === "fit" ? { data: "The recording is --to FILE.", recording: "The recording is --to FILE." } : {}),
    ...(command === "run"
      ? { jobs: "The number of threads is --threads 4.", workers: "The number of threads is --threads 4." }
      : {}),
    ...(command === "compare" || command === "sweep" || command === "fit"
      ? { jobs: "The number of threads is --workers 4.", threads: "The number of threads is --workers 4." }
      : {}),
    record: "What is recorded is said in the file: write `record V` in the experiment.",
    param:
      command === "fit"
        ? 'What is sought is --free "C in 50 pF .. 400 pF".'
        : command === "sweep"
          ? swept
          : 'A parameter is set by --set LIF.t_ref="2 ms".',
    output: "The folder for the results is --out DIR.",
    outdir: "The folder for the results is --out DIR.",
    sweep: swept,
    o: "The folder for the results is --out DIR.",
    trials: seeds,
    runs: seeds,
    repeats: seeds,
    ...(command === "run" || command === "fit" ? {} : { n: seeds }),
    ...(command === "run" ? { seeds, n: seeds } : {}),
    plot: "A figure is drawn by itself: figure.svg beside the results, and in the terminal.",
    figure: "A figure is drawn by itself: figure.svg beside the results, and in the terminal.",
    verbose: "All is told as it is; less is --quiet.",
    ts: "TypeScript is what is written without an option.",
    typescript: "TypeScript is what is written without an option.",
    maxiter: "How many candidates a fit tries is --evaluations 5000.",
    iterations: "How many candidates a fit tries is --evaluations 5000.",
    threads: "Runs are divided among threads by --workers 4.",
    workers: "The neurons of a run are divided among threads by --threads 2.",
    values: swept,
    sizes: "A size is a parameter of the network, `population E = N LIF`, set by --set N=200.",
  };
  const named = /[\p{Lu}_]/u.test(option) ? `A parameter or an input is set by --set ${option}="VALUE".` : undefined;
  const hint = Object.hasOwn(instead, option) ? instead[option] : named;
  return hint === undefined ? "" : `${hint}\n`;
}

/** Options that `compare` and `sweep` share. */
function comparing(command: Command): Command {
  return command
    .option("--measure <NAMES>", "measures, separated by commas; can be repeated", measures, [])
    .option("--seeds <N>", "number of seeds (default: the comparison's)", wholeNumber(1, 100_000))
    .option("--seed <N>", "the first seed (default: the experiment's, else 1)", seed)
    .option(
      "--set <NAME=VALUE>",
      "set a parameter, an initial value or an input in all experiments; can be repeated",
      collect,
      [],
    )
    .option("--no-step-check", "do not run everything at half the step, too")
    .option(
      "--out <DIR>",
      "folder for the results: new, empty or an earlier comparison's, which goes on where it was stopped (default: a new one under out/)",
      named,
    )
    .option(
      "--format <NAMES>",
      "of html, md, csv: what to write besides comparison.json (default: all)",
      formats,
      formats("html,md,json,csv"),
    )
    .option(
      "--workers <N>",
      "threads (default: as many as there are cores); the results are the same",
      wholeNumber(1, 1024),
    )
    .option("--json", "print the result as JSON", false)
    .option("-q, --quiet", "say nothing but errors", false);
}

interface ComparingWords {
  readonly duration?: string;
  readonly step?: string;
  readonly measure: readonly string[];
  readonly seeds?: number;
  readonly seed?: number;
  readonly set: readonly string[];
  readonly stepCheck: boolean;
  readonly out?: string;
  readonly format: ReadonlySet<"html" | "md" | "json" | "csv">;
  readonly workers?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `rate, van_rossum(tau: 10 ms)`: commas inside parentheses separate arguments. */
function measures(text: string, before: readonly string[]): readonly string[] {
  return [
    ...before,
    ...text
      .split(/,(?![^()]*\))/)
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  ];
}

function listed(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

function paths(path: string, before: readonly string[]): readonly string[] {
  return [...before, named(path)];
}

function formats(text: string): ReadonlySet<"html" | "md" | "json" | "csv"> {
  const known = ["html", "md", "json", "csv"] as const;
  const names = text.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !known.some((k) => k === name));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`There is no format ${wrong}; there are ${known.join(", ")}.`);
  return new Set(known.filter((name) => names.includes(name)));
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^[0-9]+$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most))
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
    return value;
  };
}

function seed(text: string): number {
  const value = /^[0-9]+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value))
    throw new InvalidArgumentError("A seed is a whole number from 0 to 9007199254740991.");
  return value;
}

/** `-o "$UNSET"` would else be the working directory. */
function named(path: string): string {
  if (path === "") throw new InvalidArgumentError("It is empty: name a file or a folder.");
  return path;
}

function collect(text: string, before: readonly string[]): readonly string[] {
  const [, word = "", value = ""] = /^\s*(population|method|record|duration|step|seed)\s+(.*)$/s.exec(text) ?? [];
  if (word === "population")
    throw new InvalidArgumentError(
      "The size of a population stands in its network. To set it, make it a parameter there: `param N = 100`, `population E = N LIF`, and --set N=200.",
    );
  if (word === "method" || word === "record")
    throw new InvalidArgumentError(`${inFile(word, value).replace(/^t/, "T")}.`);
  if (word !== "" && !/[=~]/.test(text))
    throw new InvalidArgumentError(`The ${word} of a run is an option of its own: --${word}.`);
  const dashed = /^-+(?=[\p{L}_])/u.exec(text)?.[0];
  if (dashed !== undefined)
    throw new InvalidArgumentError(`A name stands without a dash: --set "${text.slice(dashed.length)}".`);
  const several = text.split(/[,;]\s*(?=[\p{L}_][\p{L}\p{N}_.]*\s*[=~](?!=))(?![^()[\]]*[)\]])/u);
  if (several.length > 1)
    throw new InvalidArgumentError(
      `Each is an option of its own: ${several.map((one) => `--set "${one.trim()}"`).join(" ")}.`,
    );
  const [, scaled, operator, factor = ""] = /^\s*([\p{L}_][\p{L}\p{N}_.]*)\s*([-+*/])=(.*)$/su.exec(text) ?? [];
  if (scaled !== undefined)
    throw new InvalidArgumentError(
      `A setting gives a whole value: write the number that \`${scaled} ${operator ?? ""} ${factor.trim()}\` comes to, --set "${scaled}=VALUE".`,
    );
  if (!/^[^=~]+[=~]./s.test(text))
    throw new InvalidArgumentError('Write a name, = and a value: --set LIF.t_ref="2 ms".');
  return [...before, text];
}
