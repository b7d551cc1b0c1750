import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Lines as their option says, as wide as their place; `says` tells them to who cannot see them. To be loaded apart: the library is as large as a page. */
export function LineDrawing({
  option,
  className,
  says,
}: Readonly<{ option: EChartsCoreOption; className: string; says: string }>) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    const drawn = init(current, null, { renderer: 'svg' });
    chart.current = drawn;
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(current);
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: '#1f2328' },
        ...option,
      },
      { notMerge: true },
    );
  }, [option]);
  return <div ref={place} className={className} role="img" aria-label={says} />;
}

/** Axes, legend and tooltip of lines in per cent, day by day up to `last`. */
export const percentByDay = (last: number, axis: string): EChartsCoreOption => ({
  grid: { left: 44, right: 16, top: 16, bottom: 76 },
  // In one row, however many lines and however long their names.
  legend: { type: 'scroll', bottom: 0, itemWidth: 22, textStyle: { color: '#1f2328' } },
  tooltip: {
    trigger: 'axis',
    renderMode: 'richText',
    confine: true,
    valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value.toFixed(1)}%` : '–'),
  },
  xAxis: {
    type: 'category',
    data: Array.from({ length: last + 1 }, (_, day) => String(day)),
    boundaryGap: false,
    name: axis,
    nameLocation: 'middle',
    nameGap: 24,
    axisLabel: { color: '#57606a' },
    nameTextStyle: { color: '#57606a' },
  },
  yAxis: {
    type: 'value',
    min: 0,
    max: 100,
    axisLabel: { formatter: '{value}%', color: '#57606a' },
    splitLine: { lineStyle: { color: '#e5e9ee' } },
  },
});
