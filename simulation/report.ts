import { init } from 'echarts';
import { WORKS, type Work } from '../domain/assumptions';
import type { CivilDate } from '../domain/time';
import type { Difference } from './difference';
import type { Loads } from './load';
import { reportWords } from './report-words';
import type { Summary } from './summary';

export type Report = Readonly<{
  lang: 'zh-CN' | 'en';
  from: CivilDate;
  to: CivilDate;
  summary: Summary;
  difference: Difference | null;
  loads?: Loads | null;
}>;

const STYLE = `body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2328}
table{border-collapse:collapse}td,th{padding:.3rem .8rem;border-bottom:1px solid #d0d7de;text-align:right}
td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}`;

/** A page that stands by itself: tables and drawings, no script, nothing from elsewhere. */
export function reportHtml({ lang, from, to, summary, difference, loads = null }: Report): string {
  const t = reportWords[lang];
  const { policyId, gradingId, costsId, customers, payment } = summary;
  const title = fill(t.title, { policy: policyId });
  const span = { from, to, customers, grading: gradingId, costs: costsId };
  const assumes = [paidHow(lang, summary, from), ...t.assumes];
  return `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style>
<h1>${escape(title)}</h1><p>${escape(fill(t.span, span))}</p>
<ul>${assumes.map((line) => `<li>${escape(line)}</li>`).join('')}</ul>
${worksTable(lang, summary, difference)}
<p>${escape(fill(t.payment, daysOf(payment)))}</p>${paidOtherwise(lang, summary, difference)}
<h2>${t.months}</h2><table>${Object.entries(summary.months)
    .map(([outcome, count]) => row([outcome, String(count)]))
    .join('')}</table>
<h2>${t.breaches}</h2><p>${summary.breaches.length === 0 ? t.none : summary.breaches.length}</p>
${loadsTable(lang, loads)}<h2>${t.perDay}</h2>${chart(lang, summary, ['sms', 'email'])}${chart(lang, summary, ['call', 'visit', 'letter', 'review', 'proposal'])}
</html>
`;
}

const daysOf = ({ bills, paid, medianDays }: Summary['payment']) => ({
  ...{ bills, paid, days: medianDays ?? '–' },
});

/** As recorded, payments are the same whatever is done. */
function paidOtherwise(
  lang: Report['lang'],
  { model }: Summary,
  difference: Difference | null,
): string {
  if (model === null || difference === null) return '';
  const { against, payment } = difference;
  const words = { against, ...daysOf(payment) };
  return `<p>${escape(fill(reportWords[lang].paymentOther, words))}</p>`;
}

const paidHow = (lang: Report['lang'], { model }: Summary, from: CivilDate): string =>
  model === null
    ? reportWords[lang].recorded
    : fill(reportWords[lang].modelled, { from, ...model });

function worksTable(lang: Report['lang'], summary: Summary, difference: Difference | null): string {
  const t = reportWords[lang];
  const more = (text: string): string[] => (difference === null ? [] : [text]);
  const head = [
    t.work,
    t.total,
    t.busiest,
    ...more(fill(t.difference, { against: difference?.against ?? '' })),
  ];
  const works = WORKS.map((work) => {
    const { day, count } = summary.busiest[work];
    const busiest = day === null ? '–' : `${count} (${day})`;
    return [
      t.works[work],
      String(summary.totals[work]),
      busiest,
      ...more(signed(difference?.totals[work] ?? 0)),
    ];
  });
  const cost = [t.cost, yuan(summary.costFen), '', ...more(yuan(difference?.costFen ?? 0))];
  return `<table>${row(head, 'th')}${[...works, cost].map((cells) => row(cells)).join('')}</table>`;
}

function loadsTable(lang: Report['lang'], found: Loads | null): string {
  if (found === null) return '';
  const t = reportWords[lang];
  const { station, all, perDay, ofCapacity, daysOver } = t.load;
  const rows = found.loads.map((one) => [
    ...[t.works[one.work], one.station ?? all, String(one.perDay)],
    one.peakDay === null ? '–' : `${one.peak} (${one.peakDay})`,
    ...[`${Math.round(one.ratio * 100)} %`, String(one.daysOver)],
  ]);
  const heads = row([t.work, station, perDay, t.busiest, ofCapacity, daysOver], 'th');
  const title = escape(fill(t.loads, { capacities: found.capacities }));
  return `<h2>${title}</h2><table>${heads}${rows.map((cells) => row(cells)).join('')}</table>`;
}

const row = (cells: readonly string[], tag: 'td' | 'th' = 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;

/** Stacked bars, a bar a day, drawn here: what is printed is an SVG. */
function chart(lang: Report['lang'], { days }: Summary, works: readonly Work[]): string {
  const axis = [...new Set(days.map(({ day }) => day))].sort();
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 320 });
  const sums = new Map<string, number>();
  for (const { day, work, count } of days)
    sums.set(`${day}|${work}`, (sums.get(`${day}|${work}`) ?? 0) + count);
  drawing.setOption({
    animation: false,
    legend: {},
    xAxis: { type: 'category', data: axis },
    yAxis: { type: 'value' },
    series: works.map((work) => ({
      ...{ type: 'bar', stack: 'all', name: reportWords[lang].works[work] },
      data: axis.map((day) => sums.get(`${day}|${work}`) ?? 0),
    })),
  });
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  return svg;
}

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
const signed = (n: number): string => (n > 0 ? `+${n}` : String(n));
const yuan = (fen: number): string => (fen / 100).toFixed(2);
const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
