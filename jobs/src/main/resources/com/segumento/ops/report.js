(() => {
  'use strict';
  const root = document.documentElement;
  const errors = [];
  const note = (what) => {
    errors.push(what);
    root.dataset.errors = errors.join(' | ');
  };
  addEventListener('error', (event) => note(event.message));
  addEventListener('securitypolicyviolation', (event) => note('blocked: ' + event.violatedDirective));
  root.classList.add('js');

  const charts = JSON.parse(document.getElementById('charts').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const palette = () => [1, 2, 3, 4, 5, 6, 7, 8].map((i) => colour('--series-' + i));
  const number = (value) => value.toLocaleString('en', Math.abs(value) < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 1 });
  const text = (size) => ({ color: colour('--soft'), fontSize: size, fontFamily: 'system-ui, sans-serif' });
  const escape = (value) => echarts.format.encodeHTML(String(value));

  const axisOfValues = (unit, max) => ({
    type: 'value', max, interval: max ? max / 4 : undefined, minInterval: unit === '%' || unit === 's' ? 0 : 1, splitNumber: 4,
    axisLabel: { ...text(12), hideOverlap: true, formatter: (value) => number(value) + (unit === '%' ? ' %' : '') },
    splitLine: { lineStyle: { color: colour('--line') } }, axisLine: { show: false }, axisTick: { show: false },
  });

  const legend = () => ({
    top: 0, left: 0, type: 'scroll', itemWidth: 10, itemHeight: 10, icon: 'roundRect',
    textStyle: text(12), pageTextStyle: text(12),
  });

  const shares = (chart) => {
    const sums = chart.categories.map((_, i) => chart.series.reduce((sum, s) => sum + (s.values[i] || 0), 0));
    return chart.series.map((s) => ({
      ...s, values: s.values.map((value, i) => (sums[i] > 0 ? (100 * (value || 0)) / sums[i] : 0)),
    }));
  };

  const bars = (chart, width) => {
    const unit = chart.kind === 'share' ? '%' : chart.unit;
    const series = chart.kind === 'share' ? shares(chart) : chart.series;
    const single = series.length === 1;
    const grouped = chart.kind === 'grouped';
    const names = Math.round(Math.min(260, width * 0.46));
    return {
      grid: { left: 4, right: single || grouped ? 62 : 20, top: single ? 4 : 34, bottom: 4, containLabel: true },
      legend: single ? undefined : legend(),
      xAxis: axisOfValues(unit, chart.kind === 'share' ? 100 : undefined),
      yAxis: {
        type: 'category', inverse: true, data: chart.categories, axisLine: { show: false }, axisTick: { show: false },
        axisLabel: { ...text(12), color: colour('--ink'), width: names, overflow: 'truncate', interval: 0 },
      },
      series: series.map((s) => ({
        type: 'bar', name: s.name, data: s.values, stack: single || grouped ? undefined : 'all', barMaxWidth: 18, barCategoryGap: '36%',
        itemStyle: { borderRadius: single || grouped ? [0, 2, 2, 0] : 0 },
        label: { show: single || grouped, position: 'right', ...text(12), formatter: (point) => number(point.value) },
      })),
    };
  };

  const line = (chart) => ({
    grid: { left: 4, right: 24, top: chart.series.length > 1 ? 36 : 14, bottom: 4, containLabel: true },
    legend: chart.series.length > 1 ? legend() : undefined,
    xAxis: {
      type: 'category', data: chart.categories, boundaryGap: chart.categories.length < 2,
      axisLabel: { ...text(12), hideOverlap: true, formatter: (date) => date.slice(5) }, axisTick: { show: false }, axisLine: { lineStyle: { color: colour('--line') } },
    },
    yAxis: axisOfValues(chart.unit),
    series: chart.series.map((s) => ({
      type: 'line', name: s.name, data: s.values.map((value) => (value === null ? '-' : value)),
      symbol: 'circle', symbolSize: 6, lineStyle: { width: 2 }, connectNulls: true,
    })),
  });

  const LABELLED = 12;
  const shade = { '%': (value) => value, times: (value) => Math.log2(Math.min(16, Math.max(1 / 16, value))) };
  const heat = (chart, width) => {
    const level = shade[chart.unit] || ((value) => value);
    const squares = chart.series.flatMap((s, x) => s.values.map((value, y) => value === null ? null : [x, y, level(value), value])).filter((square) => square);
    const most = chart.unit === '%' ? 100 : Math.max(0.1, ...squares.map((square) => Math.abs(square[2])));
    const names = Math.round(Math.min(220, width * 0.3));
    const axis = { type: 'category', axisLine: { show: false }, axisTick: { show: false }, splitArea: { show: false } };
    const label = { ...text(12), color: colour('--ink'), overflow: 'truncate', interval: 0 };
    return {
      grid: { left: 4, right: 20, top: 4, bottom: 4, containLabel: true },
      xAxis: { ...axis, position: 'top', data: chart.series.map((s) => s.name), axisLabel: { ...label, width: 110, rotate: chart.series.length > 6 ? 60 : 0 } },
      yAxis: { ...axis, inverse: true, data: chart.categories, axisLabel: { ...label, width: names } },
      visualMap: {
        show: false, dimension: 2, min: chart.unit === '%' ? 0 : -most, max: most,
        inRange: { color: (chart.unit === '%' ? ['--line', '--series-1'] : ['--series-4', '--line', '--series-1']).map(colour) },
      },
      series: [{
        type: 'heatmap', data: squares, itemStyle: { borderColor: colour('--card'), borderWidth: 1 },
        label: { show: chart.series.length <= LABELLED, ...text(12), color: colour('--ink'), textBorderColor: colour('--card'), textBorderWidth: 2, formatter: (point) => number(point.value[3]) },
      }],
    };
  };

  const figure = (chart, point) => chart.kind === 'heat'
    ? escape(chart.categories[point.value[1]]) + '<br>' + escape(chart.series[point.value[0]].name) + ': <b>' + number(point.value[3])
    : escape(point.name) + '<br>' + escape(point.seriesName) + ': <b>' + (point.value === '-' ? '–' : number(point.value));

  const height = (chart) =>
    chart.kind === 'heat' ? 130 + Math.max(14, Math.min(27, 700 / chart.categories.length)) * chart.categories.length :
    chart.kind === 'line' ? 190 : 46 + (chart.series.length > 1 ? 32 : 0) + 27 * chart.categories.length * (chart.kind === 'grouped' ? Math.max(1, 0.75 * chart.series.length) : 1);

  const draw = (chart, at) => {
    at.style.height = height(chart) + 'px';
    const instance = echarts.init(at, null, { renderer: 'svg' });
    const apply = () => instance.setOption({
      color: palette(), animation: false, aria: { enabled: false },
      tooltip: {
        trigger: chart.kind === 'line' ? 'axis' : 'item', confine: true, backgroundColor: colour('--card'),
        borderColor: colour('--line'), textStyle: { ...text(13), color: colour('--ink') },
        formatter: (points) => [].concat(points).map((point) => figure(chart, point)
          + (chart.kind === 'share' || chart.unit === '%' ? ' %' : ' ' + escape(chart.unit)) + '</b>').join('<br>'),
      },
      ...(chart.kind === 'line' ? line(chart) : chart.kind === 'heat' ? heat(chart, at.clientWidth) : bars(chart, at.clientWidth)),
    }, true);
    apply();
    return () => { instance.resize(); apply(); };
  };

  const redraw = [];
  charts.forEach((chart, i) => redraw.push(draw(chart, document.getElementById('chart-' + i))));
  root.dataset.charts = String(redraw.length);
  const again = () => redraw.forEach((one) => one());
  let pending = 0;
  addEventListener('resize', () => { cancelAnimationFrame(pending); pending = requestAnimationFrame(again); });
  dark.addEventListener('change', again);
  addEventListener('beforeprint', () => {
    document.querySelectorAll('details').forEach((one) => { one.open = true; });
    again();
  });
  addEventListener('afterprint', again);
})();
