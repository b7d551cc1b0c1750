import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { SimulationReport, WorkCounts } from '../../../generated/api';
import './trials.css';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Messages a day under either version; a chunk of its own. */
export default function DaysChart({
  report,
  says,
}: Readonly<{ report: SimulationReport; says: string }>) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    const drawn = init(current, null, { renderer: 'svg' });
    drawn.setOption(optionOf(report));
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(current);
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, [report]);
  return <div ref={place} className="days" role="img" aria-label={says} />;
}

const messages = ({ sms, email }: WorkCounts): number => sms + email;

const optionOf = ({ policyId, againstId, days }: SimulationReport) => ({
  animation: false,
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: '#1f2328' },
  grid: { left: 52, right: 16, top: 16, bottom: 64 },
  legend: { bottom: 0, textStyle: { color: '#1f2328' } },
  tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
  xAxis: { type: 'category', data: days.map(({ day }) => day), axisLabel: { color: '#57606a' } },
  yAxis: { type: 'value', minInterval: 1, axisLabel: { color: '#57606a' } },
  series: [
    {
      ...{ type: 'line', name: policyId, step: 'middle', showSymbol: days.length < 3 },
      ...{ color: '#0b5cad', lineStyle: { width: 3 } },
      data: days.map(({ policy }) => messages(policy)),
    },
    {
      ...{ type: 'line', name: againstId, step: 'middle', showSymbol: days.length < 3 },
      ...{ color: '#4b5563', lineStyle: { width: 1.5, type: 'dashed' } },
      data: days.map(({ against }) => messages(against)),
    },
  ],
});
