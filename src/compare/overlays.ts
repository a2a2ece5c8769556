// What a report draws besides numbers: traces of all variants over one time axis and their spikes in aligned rows, an experiment at a time.
import { listed } from "../base/lists.ts";
import { canonicalUnit, inUnit, parseUnit } from "../quantities/unit.ts";
import type { ComparisonTraces, Overlay, OverlayPanel, OverlayRaster } from "./comparison.ts";
import type { Job } from "./jobs.ts";
import type { JobOutcome } from "./outcome.ts";
import type { PreparedCase, PreparedComparison } from "./prepare.ts";
import type { FigureData, RunData, TraceData, Window } from "./runData.ts";
import { valueText } from "./words.ts";

/** What is put into the case from outside, as a curve; null where there is nothing to draw. */
export type StimulusOf = (c: PreparedCase) => {
  readonly title: string;
  readonly unit: string;
  readonly t: ArrayLike<number>;
  readonly y: ArrayLike<number>;
} | null;

/** `recording`: its repeats, none without a recording. `isNearest`: of runs of the sweep's points that come nearest to it; they are shown first. */
export function overlaysOf(
  prepared: PreparedComparison,
  jobs: readonly Job[],
  outcomes: ReadonlyMap<string, JobOutcome>,
  recording: readonly RunData[],
  stimulusOf: StimulusOf,
  isNearest: (job: Job) => boolean = () => false,
): ComparisonTraces {
  const { experiments, cases } = prepared;
  return {
    overlays: experiments.map((_, experiment): Overlay => {
      const here = cases.flatMap((c, place) => (c.experiment === experiment ? [{ c, place }] : []));
      const points = here.flatMap(({ c, place }) => pointsOf(prepared, c, place, jobs, outcomes, isNearest));
      const own =
        points.length > 0
          ? points
          : here.map(({ c, place }): DrawnCase => ({
              c,
              label: prepared.comparison.variants[c.variant]?.label ?? "",
              point: null,
              figures: figuresOf(place, jobs, outcomes),
            }));
      return {
        experiment,
        panels: panelsOf(own, recording[0]?.traces ?? []),
        rasters: [...own.flatMap(rastersOf), ...recordingRasters(recording)],
        stimulus: commonStimulus(own.map(({ c }) => stimulusOf(c))),
        from: 0,
        until: own.reduce((most, { c }) => Math.max(most, c.program.steps * c.program.step), 0),
      };
    }),
  };
}

/** What of it lies in a window, or in the first part of that: so much, in ms, is told apart in a figure. */
export function overlaysIn(
  { overlays, ...rest }: ComparisonTraces,
  { from, until }: Window,
  longest: number,
): ComparisonTraces {
  const end = Math.min(until, from + longest);
  const panelIn = (panel: OverlayPanel): OverlayPanel => ({
    ...panel,
    curves: panel.curves.map((curve) => {
      const places = placesIn(curve.t, from, end);
      return { ...curve, t: placed(curve.t, places), y: placed(curve.y, places) };
    }),
  });
  return {
    ...rest,
    overlays: overlays.map((overlay) => ({
      ...overlay,
      panels: overlay.panels.map(panelIn),
      rasters: overlay.rasters.map((raster) => {
        const places = placesIn(raster.times, from, end);
        return { ...raster, times: placed(raster.times, places), row: placed(raster.row, places) };
      }),
      stimulus: overlay.stimulus === null ? null : panelIn(overlay.stimulus),
      from,
      until: Math.min(end, overlay.until),
    })),
  };
}

function placesIn(times: ArrayLike<number>, from: number, until: number): readonly number[] {
  return Array.from(times, (_, k) => k).filter((k) => (times[k] as number) >= from && (times[k] as number) <= until);
}

function placed(values: ArrayLike<number>, places: readonly number[]): Float64Array {
  return Float64Array.from(places, (k) => values[k] as number);
}

interface DrawnCase {
  readonly c: PreparedCase;
  readonly label: string;
  /** Of a sweep, the number of the point among those that are shown. */
  readonly point: number | null;
  /** One a seed, as far as they are drawn; the first has traces. */
  readonly figures: readonly FigureData[];
}

function figuresOf(
  place: number,
  jobs: readonly Job[],
  outcomes: ReadonlyMap<string, JobOutcome>,
): readonly FigureData[] {
  return jobs
    .filter((job) => job.case === place && job.point === "" && job.figure !== "nothing")
    .flatMap((job) => outcomes.get(job.key)?.figure ?? []);
}

/** `Θ = 5 mV and τ = 10 ms`, with what was drawn there. */
function pointsOf(
  { comparison }: PreparedComparison,
  c: PreparedCase,
  place: number,
  jobs: readonly Job[],
  outcomes: ReadonlyMap<string, JobOutcome>,
  isNearest: (job: Job) => boolean,
): DrawnCase[] {
  const shown = jobs.flatMap((job) => {
    const figure =
      job.case === place && job.point !== "" && job.figure === "all" ? outcomes.get(job.key)?.figure : null;
    return figure == null ? [] : [{ job, figure, near: isNearest(job) }];
  });
  return [...shown.filter(({ near }) => near), ...shown.filter(({ near }) => !near)].map(
    ({ job, figure, near }, point) => ({
      c,
      label: `${placeText(comparison, job)}${near ? ", nearest the recording" : ""}`,
      point,
      figures: [figure],
    }),
  );
}

function placeText({ sweeps }: PreparedComparison["comparison"], { setup }: Job): string {
  return listed(
    sweeps.flatMap((s) =>
      Object.hasOwn(setup, s.setup)
        ? [`${s.name} = ${valueText(inUnit(setup[s.setup] ?? NaN, s.unit), s.unit.text === "1" ? "" : s.unit.text)}`]
        : [],
    ),
  );
}

/** Traces of one name and unit share a panel; of networks, those of one neuron. */
function panelsOf(own: readonly DrawnCase[], recorded: readonly TraceData[]): OverlayPanel[] {
  const panels = new Map<
    string,
    {
      readonly title: string;
      readonly unit: string;
      readonly variable: string;
      readonly curves: OverlayPanel["curves"][number][];
    }
  >();
  for (const { c, label, point, figures } of own) {
    const seen = new Set<string>();
    for (const { population, neuron, variable, unit, t, y } of figures[0]?.traces ?? []) {
      const name = c.lone ? variable : `${population}[${neuron}].${variable}`;
      const title = unit === "" || unit === "1" ? name : `${name} (${unit})`;
      // What is recorded twice, for a measure and by the experiment, is drawn once.
      if (seen.has(title)) continue;
      seen.add(title);
      const panel = panels.get(title) ?? { title, unit, variable: name, curves: [] };
      panels.set(title, panel);
      panel.curves.push({ label, variant: c.variant, ...numbered(point), t, y });
    }
  }
  for (const trace of recorded) {
    const panel = [...panels.values()].find((p) => isOf(trace, p.variable));
    const shown = panel === undefined ? null : inUnitOf(panel.unit, trace);
    if (shown !== null) panel?.curves.push({ label: "recording", variant: null, t: trace.t, y: shown });
  }
  return [...panels.values()].map(({ title, unit, curves }) => ({ title, unit, curves }));
}

/** A recorded column that names no neuron is of whichever is shown. */
function isOf({ population, neuron, variable }: TraceData, shown: string): boolean {
  return (
    shown === variable ||
    (population === "" ? shown.endsWith(`].${variable}`) : shown === `${population}[${neuron}].${variable}`)
  );
}

/** Recorded values are canonical, shown ones in the unit of the model; null where they are another kind of quantity. */
function inUnitOf(text: string, { unit: canonical, y }: TraceData): Float64Array | null {
  const parsed = parseUnit(text === "" ? "1" : text);
  if (!("unit" in parsed) || canonicalUnit(parsed.unit.dimension).text !== canonical) return null;
  const { unit } = parsed;
  return unit.text === canonical ? y : y.map((value) => inUnit(value, unit));
}

function numbered(point: number | null): { readonly point?: number } {
  return point === null ? {} : { point };
}

function rastersOf({ c, label, point, figures }: DrawnCase): OverlayRaster[] {
  const [first] = figures;
  if (first === undefined) return [];
  if (!c.lone)
    return first.spikes.map(({ population, rows, times, row }) => ({
      label: first.spikes.length > 1 ? `${label}, ${population}` : label,
      variant: c.variant,
      ...numbered(point),
      rows,
      rowsAre: `neurons of ${population}`,
      times,
      row,
    }));
  const times = figures.flatMap((f) => [...(f.spikes[0]?.times ?? [])]);
  const row = figures.flatMap((f, seed) => Array.from(f.spikes[0]?.times ?? [], () => seed));
  return [
    {
      label,
      variant: c.variant,
      ...numbered(point),
      rows: figures.length,
      rowsAre: figures.length === 1 ? "spikes" : "seeds",
      times: Float64Array.from(times),
      row: Float64Array.from(row),
    },
  ];
}

/** Of one neuron a row for each repeat, of several the neurons of the first repeat. */
function recordingRasters(recording: readonly RunData[]): OverlayRaster[] {
  const trains = recording.flatMap((run) =>
    run.populations.length === 1 && run.populations[0]?.size === 1 ? run.populations : [],
  );
  if (recording.length > 1 && trains.length === recording.length) {
    const row = Float64Array.from(trains.flatMap(({ times }, repeat) => Array.from(times, () => repeat)));
    return [
      {
        label: "recording",
        variant: null,
        rows: trains.length,
        rowsAre: "repeats",
        times: Float64Array.from(trains.flatMap(({ times }) => [...times])),
        row,
      },
    ];
  }
  return (recording[0]?.populations ?? [])
    .filter((p) => p.times.length > 0)
    .map(({ name, size, times, neurons }) => ({
      label: "recording",
      variant: null,
      rows: size,
      rowsAre: size === 1 ? "spikes" : `neurons of ${name}`,
      times,
      row: Float64Array.from(neurons),
    }));
}

/** Drawn once where it is the same for all. */
function commonStimulus(stimuli: readonly ReturnType<StimulusOf>[]): OverlayPanel | null {
  const [first] = stimuli;
  if (first == null) return null;
  const text = (s: ReturnType<StimulusOf>): string =>
    s === null ? "" : JSON.stringify([s.title, [...Array.from(s.t)], [...Array.from(s.y)]]);
  if (!stimuli.every((s) => text(s) === text(first))) return null;
  return {
    title: first.title,
    unit: first.unit,
    curves: [{ label: first.title, variant: null, t: first.t, y: first.y }],
  };
}
