import { useMemo } from 'react';
import type { SimulationReport, WorkCounts } from '../../../generated/api';
import { LineDrawing } from '../../ui/LineDrawing';
import './trials.css';

/** Messages a day under either version; a chunk of its own. */
export default function DaysChart({
  report,
  says,
}: Readonly<{ report: SimulationReport; says: string }>) {
  const option = useMemo(() => optionOf(report), [report]);
  return <LineDrawing option={option} className="days" says={says} />;
}

const messages = ({ sms, email }: WorkCounts): number => sms + email;

const optionOf = ({ policyId, againstId, days }: SimulationReport) => ({
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
