import antd from 'antd/es/locale/zh_CN';
import 'dayjs/locale/zh-cn';

const files = import.meta.glob<Record<string, unknown>>('./zh-CN/*.json', {
  eager: true,
  import: 'default',
});

/** By page: the file's name is the namespace. */
export const texts = Object.fromEntries(
  Object.entries(files).map(([path, words]) => [path.replace(/^.*\/|\.json$/g, ''), words]),
);
export { antd };
