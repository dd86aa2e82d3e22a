// Counts over time as stacked columns; the same numbers stand in a table below.
import { words } from "./ui";
import type { DayCount } from "./types";

const WIDTH = 900;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 24;
const MOST_SERIES = 5;
const MOST_COLUMNS = 62;
const DAY_MS = 86_400_000;

interface Column {
  label: string;   // its first day
  parts: number[]; // one per series
}

const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

// The largest series by themselves, the rest together.
function seriesOf(counts: DayCount[]): string[] {
  const totals = new Map<string, number>();
  for (const one of counts) totals.set(one.name, (totals.get(one.name) ?? 0) + one.count);
  const names = [...totals.entries()].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return names.length > MOST_SERIES ? [...names.slice(0, MOST_SERIES - 1), "others"] : names;
}

function columnsOf(counts: DayCount[], series: string[], since: string, until: string): Column[] {
  const first = Date.parse(since);
  const days = Math.round((Date.parse(until) - first) / DAY_MS) + 1;
  const width = Math.ceil(days / MOST_COLUMNS);
  const columns: Column[] = [];
  for (let day = 0; day < days; day += width) {
    columns.push({ label: dayText(first + day * DAY_MS), parts: series.map(() => 0) });
  }
  for (const one of counts) {
    const column = columns[Math.floor((Date.parse(one.day) - first) / DAY_MS / width)];
    const at = series.includes(one.name) ? series.indexOf(one.name) : series.length - 1;
    if (column) column.parts[at] = (column.parts[at] ?? 0) + one.count;
  }
  return columns;
}

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

// A round number at or above `most`, for the top of the scale.
function topOf(most: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return [1, 2, 5, 10].map((n) => n * step).find((n) => n >= most) ?? most;
}

export function Columns({ title, counts, since, until }: { title: string; counts: DayCount[]; since: string; until: string }) {
  const series = seriesOf(counts);
  const columns = columnsOf(counts, series, since, until);
  const top = topOf(Math.max(...columns.map((column) => sum(column.parts)), 1));
  const slot = (WIDTH - LEFT) / Math.max(columns.length, 1);
  const height = (count: number): number => (count / top) * (HEIGHT - BOTTOM - 8);
  const total = sum(columns.map((column) => sum(column.parts)));
  const every = Math.ceil(columns.length / 8);
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}: ${total} from ${since} to ${until}`}>
        {[0, 0.5, 1].map((part) => {
          const y = HEIGHT - BOTTOM - height(top * part);
          return (
            <g key={part}>
              <line class="grid" x1={LEFT} x2={WIDTH} y1={y} y2={y} />
              {(part !== 0.5 || top > 1) && <text class="scale" x={LEFT - 6} y={y + 4} text-anchor="end">{top * part}</text>}
            </g>
          );
        })}
        {columns.map((column, i) => {
          let y = HEIGHT - BOTTOM;
          return (
            <g key={column.label}>
              <title>{`${column.label}: ${column.parts.map((count, s) => `${words(series[s] ?? "")} ${count}`).filter((_, s) => column.parts[s]).join(", ") || "none"}`}</title>
              <rect class="hit" x={LEFT + i * slot} y={0} width={slot} height={HEIGHT - BOTTOM} />
              {column.parts.map((count, s) => {
                y -= height(count);
                return count > 0 && <rect key={s} class={`s${s}`} x={LEFT + i * slot + slot * 0.12} y={y} width={slot * 0.76} height={height(count)} rx={1.5} />;
              })}
              {i % every === 0 && <text class="scale" x={LEFT + (i + 0.5) * slot} y={HEIGHT - 6} text-anchor="middle">{column.label.slice(5)}</text>}
            </g>
          );
        })}
      </svg>
      <figcaption>
        <ul class="legend">
          {series.map((name, s) => <li key={name}><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class={`s${s}`} width="10" height="10" rx="2" /></svg>{words(name) || "(none)"}</li>)}
        </ul>
        {total > 0 && (
          <details>
            <summary>As a table</summary>
            <div class="table-frame" role="region" tabIndex={0} aria-label={`${title}, as a table`}>
              <table>
                <thead><tr><th scope="col">From</th>{series.map((name) => <th key={name} scope="col">{words(name) || "(none)"}</th>)}</tr></thead>
                <tbody>
                  {columns.filter((column) => sum(column.parts) > 0).map((column) => (
                    <tr key={column.label}><th scope="row">{column.label}</th>{column.parts.map((count, s) => <td key={s} class="number">{count}</td>)}</tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        )}
      </figcaption>
    </figure>
  );
}
