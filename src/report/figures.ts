// The figures of a report, each drawn as wide as it is asked for: a page of a screen or of paper, or a phone.
import type { ComparisonResult, ComparisonTraces, Curve, Overlay, OverlayPanel } from "../compare/comparison.ts";
import { WIDE } from "../figure/axes.ts";
import { forestSvg, type ForestPanel } from "../figure/forest.ts";
import { overlaySvg, type OverlayCurve, type OverlayFigure } from "../figure/overlay.ts";
import { plotSvg, type PlotSeries } from "../figure/plot.ts";
import { variantStyle } from "../figure/variantStyle.ts";
import { durationText, headed } from "./numbers.ts";
import type { ReportFigure } from "./figure.ts";
import { sweepFigures } from "./sweepFigures.ts";
import { viewOf, type View } from "./view.ts";
import { counted, nameText, oneLine, slug } from "./words.ts";

/** In the order of the report. */
export function figuresOf(view: View, traces: ComparisonTraces): readonly ReportFigure[] {
  const all = [
    ...contrastFigures(view),
    ...traces.overlays.flatMap((overlay) => overlayFigures(view, overlay)),
    ...curveFigures(view),
    ...sweepFigures(view),
  ];
  const seen = new Map<string, number>();
  return all.map((figure) => {
    const times = (seen.get(figure.name) ?? 0) + 1;
    seen.set(figure.name, times);
    return times === 1 ? figure : { ...figure, name: `${figure.name}-${times}` };
  });
}

/** What a report calls its files of figures; all others in their folder are somebody else's. */
export const FIGURE_FILE = /^(?:contrasts|curve|overlay|raster|sweep)(?:-.*)?\.svg$/s;

/** SVG files; names without the ending. */
export function reportFigures(
  result: ComparisonResult,
  traces: ComparisonTraces,
): { readonly name: string; readonly svg: string }[] {
  return figuresOf(viewOf(result), traces).map((figure) => ({ name: figure.name, svg: figure.draw(WIDE) }));
}

// ---- differences

const SHORT = {
  model: "model",
  numerics: "numerics",
  seed: "seed",
  step: "step",
  none: "none",
  unknown: "?",
  undefined: "",
  fault: "fault?",
} as const;

function contrastFigures(view: View): ReportFigure[] {
  const { experiments, variants, baseline } = view.result;
  return experiments.flatMap((_, experiment) => {
    const panels: ForestPanel[] = view.numbersOf(experiment).flatMap((measure) => {
      const rows = variants.flatMap((_, variant) => {
        const contrast = view.contrast(variant, experiment, measure);
        if (contrast === null) return [];
        return [
          {
            name: view.label(variant),
            style: variantStyle(variant),
            value: contrast.difference,
            interval: contrast.interval,
            spread: contrast.seedSpread,
            error: contrast.stepError,
            verdict: SHORT[contrast.verdict],
          },
        ];
      });
      return rows.length === 0 ? [] : [{ title: view.measureWithUnit(measure), rows }];
    });
    if (panels.length === 0) return [];
    const against = view.label(baseline);
    return [
      {
        name: experiments.length === 1 ? "contrasts" : `contrasts-${slug(view.experiment(experiment))}`,
        section: "contrasts" as const,
        experiment,
        caption: `Differences from ${against} under ${view.experiment(experiment)}, with what the seed and the step do. The word at the right says what explains the difference.`,
        draw: (width: number) =>
          forestSvg(
            {
              title: `Differences from ${against} under ${view.experiment(experiment)}`,
              against: `minus ${against}`,
              panels,
            },
            width,
          ),
      },
    ];
  });
}

// ---- traces and spikes

function overlayFigures(view: View, overlay: Overlay): ReportFigure[] {
  const experiment = view.experiment(overlay.experiment);
  const stimulus = overlay.stimulus === null ? null : panelOf(view, overlay.stimulus);
  const { from, until } = overlay;
  const base = { from, until, rasters: [], stimulus };
  const part = from === 0 ? "" : `, ${durationText(from)} to ${durationText(until)}`;
  const figure = (name: string, title: string, caption: string, rest: Partial<OverlayFigure>): ReportFigure => ({
    name: `${name}-${slug(experiment)}`,
    section: "traces",
    experiment: overlay.experiment,
    caption,
    draw: (width) => overlaySvg({ ...base, panels: [], title, ...rest }, width),
  });
  const found: ReportFigure[] = [];
  const panels = overlay.panels.map((panel) => panelOf(view, panel));
  const ofPoints = overlay.panels.some((panel) => panel.curves.some(({ point }) => point !== undefined));
  const few = panels.filter((panel) => panel.curves.length <= 3);
  const seed = view.result.about.seeds.length > 1 ? ", first seed" : "";
  for (let start = 0; start < few.length; start += 4) {
    const together = few.slice(start, start + 4);
    found.push(
      figure(
        "overlay",
        `${experiment}: ${together.map((panel) => panel.title).join(", ")}`,
        `Traces under ${experiment}${part}${seed}.`,
        { panels: together },
      ),
    );
  }
  for (const panel of panels) {
    if (panel.curves.length <= 3) continue;
    const behind = panel.curves.find((curve) => curve.reference)?.name;
    found.push(
      figure(
        "overlay",
        `${experiment}: ${panel.title}`,
        `${panel.title} under ${experiment}${part}${seed}, one lane a ${ofPoints ? "point" : "variant"}${behind === undefined ? "" : `, ${behind} in grey behind`}.`,
        { panels: [panel] },
      ),
    );
  }
  if (overlay.rasters.length > 0) {
    const rasters = overlay.rasters.map((raster) => ({
      name:
        raster.point !== undefined
          ? oneLine(raster.label)
          : raster.variant === null
            ? nameText(raster.label)
            : view.label(raster.variant),
      style: variantStyle(raster.point ?? raster.variant),
      rows: raster.rows,
      rowsAre:
        raster.rowsAre === "spikes"
          ? counted(raster.times.length, "spike")
          : /^seeds?$/.test(raster.rowsAre)
            ? counted(raster.rows, "seed")
            : oneLine(`${raster.rows} ${raster.rowsAre}`, 40),
      times: raster.times,
      row: raster.row,
    }));
    found.push(figure("raster", `${experiment}: spikes`, `Spikes under ${experiment}${part}.`, { rasters }));
  }
  return found;
}

/** The recording is what the others are held against where there is one, else the baseline. */
function panelOf(
  view: View,
  panel: OverlayPanel,
): { readonly title: string; readonly curves: readonly OverlayCurve[] } {
  const recorded = panel.curves.some((curve) => curve.variant === null);
  const curves = panel.curves.map(({ label, variant, point, t, y }) => ({
    name: point !== undefined ? oneLine(label) : variant === null ? nameText(label) : view.label(variant),
    style: variantStyle(point ?? variant),
    reference: recorded ? variant === null : variant === view.result.baseline && point === undefined,
    t,
    y,
  }));
  return { title: oneLine(panel.title, 40), curves };
}

// ---- measures that are curves

function curveFigures(view: View): ReportFigure[] {
  return view.result.experiments.flatMap((_, experiment) =>
    view.curvesOf(experiment).flatMap((measure) => {
      const cells = view.result.variants.flatMap((_, variant) => {
        const curve = view.cell(variant, experiment, measure)?.curve ?? null;
        return curve === null ? [] : [{ variant, curve }];
      });
      const first = cells[0]?.curve;
      if (first === undefined) return [];
      const title = `${view.measure(measure)} under ${view.experiment(experiment)}`;
      const intervals = cells.some(({ curve }) => curve.halfWidth !== null);
      return [
        {
          name: `curve-${slug(view.result.measures[measure]?.key ?? "")}${view.result.experiments.length > 1 ? `-${slug(view.experiment(experiment))}` : ""}`,
          section: "curves" as const,
          experiment,
          caption: `${title}${intervals ? "; the bands are 95 % intervals over seeds" : ""}.`,
          draw: (width: number) =>
            plotSvg(
              {
                title,
                x: {
                  label: headed(oneLine(first.xName, 40), first.xUnit),
                  logarithmic: isSpread(cells.map(({ curve }) => curve)),
                },
                y: { label: headed(oneLine(first.yName, 40), first.yUnit) },
                series: cells.map(({ variant, curve }) => seriesOf(view, variant, curve)),
                named: view.result.variants.length > 1,
              },
              width,
            ),
        },
      ];
    }),
  );
}

function seriesOf(view: View, variant: number, { x, y, halfWidth }: Curve): PlotSeries {
  const value = (i: number): number => y[i] ?? NaN;
  const edge = (sign: 1 | -1): number[] => x.map((_, i) => value(i) + sign * (halfWidth?.[i] ?? NaN));
  return {
    name: view.label(variant),
    style: variantStyle(variant),
    x,
    y: x.map((_, i) => value(i)),
    low: halfWidth === null ? null : edge(-1),
    high: halfWidth === null ? null : edge(1),
  };
}

/** Frequencies from 1 to 1000 Hz in steps that grow: distances between neighbours differ by more than ten times, and nothing is 0 or below. */
function isSpread(curves: readonly Curve[]): boolean {
  const x = curves[0]?.x ?? [];
  let [least, most] = [Infinity, -Infinity];
  for (let i = 1; i < x.length; i++) {
    const step = (x[i] ?? 0) - (x[i - 1] ?? 0);
    [least, most] = [Math.min(least, step), Math.max(most, step)];
  }
  return x.length > 3 && x.every((value) => value > 0) && most > 10 * least;
}
