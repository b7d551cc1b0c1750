import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { month } from '../../lib/format';
import { LineDrawing, percentByDay } from '../../ui/LineDrawing';
import type { Line } from './curves';

const NOW = '#0b5cad';
/** The nearer, the darker. */
const EARLIER = ['#4b5563', '#7b8794', '#9aa5b1', '#b8c1ca', '#d0d6dc'];
const DASHES = ['solid', 'dashed', 'dotted'] as const;

/** The drawing itself; a chunk of its own, because the library is as large as the rest of the page. */
export default function CurveChart({ lines, says }: Readonly<{ lines: Line[]; says: string }>) {
  const { t, i18n } = useTranslation('month');
  const option = useMemo(() => {
    const names = { axis: t('curves.axis'), of: (period: string) => month(period, i18n.language) };
    return optionOf(lines, names);
  }, [lines, t, i18n.language]);
  return <LineDrawing option={option} className="curve" says={says} />;
}

type Names = Readonly<{ axis: string; of: (period: string) => string }>;

function optionOf(lines: readonly Line[], names: Names): EChartsCoreOption {
  const days = Math.max(...lines.map(({ rates }) => rates.length));
  return {
    ...percentByDay(days - 1, names.axis),
    series: lines.map((line, at) => seriesOf(line, at, names)),
  };
}

const seriesOf = ({ period, rates }: Line, at: number, names: Names) => ({
  type: 'line',
  name: names.of(period),
  data: [...rates],
  // A curve of one day is a point.
  showSymbol: rates.length === 1,
  symbolSize: 8,
  z: 10 - at,
  emphasis: { disabled: true },
  color: at === 0 ? NOW : EARLIER[at - 1],
  lineStyle: { width: at === 0 ? 3 : 1.5, type: at === 0 ? 'solid' : DASHES[(at - 1) % 3] },
});
