import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExperimentFigures } from '../../../generated/api';
import { ratesUntil } from '../../lib/rates';
import { LineDrawing, percentByDay } from '../../ui/LineDrawing';

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
    ...percentByDay(until, axis),
    series: arms.map((side) => ({
      ...{ type: 'line', name: name[side.arm], showSymbol: until === 0 },
      ...LOOKS[side.arm],
      data: ratesUntil({ ...side, days: side.curve }, until),
    })),
  };
}
