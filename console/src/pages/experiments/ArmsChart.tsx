import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExperimentFigures } from '../../../generated/api';
import { LineDrawing } from '../../ui/LineDrawing';
import { ratesByDay } from './rates';

const LOOKS = {
  challenger: { color: '#0b5cad', lineStyle: { width: 3 } },
  champion: { color: '#4b5563', lineStyle: { width: 1.5, type: 'dashed' } },
} as const;

/** What had come in of the billed on either side; a chunk of its own. */
export default function ArmsChart({
  figures,
  says,
}: Readonly<{ figures: ExperimentFigures; says: string }>) {
  const { t } = useTranslation('experiments');
  const axis = t('axis');
  const option = useMemo(() => optionOf(figures, axis), [figures, axis]);
  return <LineDrawing option={option} className="arms" says={says} />;
}

function optionOf({ experiment, arms }: ExperimentFigures, axis: string) {
  const until = Math.max(0, ...arms.flatMap(({ curve }) => curve.map(({ day }) => day)));
  const name = { champion: experiment.championId, challenger: experiment.challengerId };
  return {
    grid: { left: 52, right: 16, top: 16, bottom: 76 },
    legend: { bottom: 0, textStyle: { color: '#1f2328' } },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
    xAxis: {
      type: 'category',
      data: Array.from({ length: until + 1 }, (_, day) => String(day)),
      boundaryGap: false,
      name: axis,
      nameLocation: 'middle',
      nameGap: 24,
      axisLabel: { color: '#57606a' },
      nameTextStyle: { color: '#57606a' },
    },
    yAxis: {
      type: 'value',
      ...{ min: 0, max: 100 },
      axisLabel: { formatter: '{value}%', color: '#57606a' },
    },
    series: arms.map((side) => ({
      ...{ type: 'line', name: name[side.arm], showSymbol: until === 0 },
      ...LOOKS[side.arm],
      data: ratesByDay(side, until),
    })),
  };
}
