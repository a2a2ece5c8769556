// A figure of a report.

export interface ReportFigure {
  /** Of its file, without the ending; unique. */
  readonly name: string;
  readonly section: "contrasts" | "traces" | "curves" | "sweep";
  readonly experiment: number;
  readonly caption: string;
  /** An SVG document. */
  draw(width: number): string;
}
