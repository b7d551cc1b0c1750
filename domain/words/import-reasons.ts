/**
 * Why an import did not take a row, or came to nothing: the sentence as it is kept (`en`), and as a Chinese reader is told. Made in
 * db/import-fields.ts, db/import-rows.ts, db/import-sql.ts, where a `WrongShape` is thrown, and in api/import-work.ts.
 */
export const IMPORT_REASONS = {
  missing: { en: 'is missing', 'zh-CN': '未填写' },
  unprintable: { en: 'has a control character or a line break', 'zh-CN': '含有控制字符或换行' },
  tooLong: { en: 'is longer than {most} characters', 'zh-CN': '超过 {most} 个字符' },
  code: {
    en: 'must be 1 to 32 letters, digits, - or _',
    'zh-CN': '应为 1 至 32 个字母、数字、- 或 _',
  },
  reference: {
    en: 'must be 1 to 64 letters, digits or . _ : # / -',
    'zh-CN': '应为 1 至 64 个字母、数字或 . _ : # / -',
  },
  oneOf: { en: 'must be one of {values}', 'zh-CN': '只能是 {values} 之一' },
  phone: {
    en: 'is no mobile or landline number of mainland China',
    'zh-CN': '不是中国大陆的手机或固定电话号码',
  },
  email: { en: 'is no single e-mail address', 'zh-CN': '不是一个电子邮箱地址' },
  period: { en: 'must be a month, YYYY-MM', 'zh-CN': '应为月份，格式 YYYY-MM' },
  date: {
    en: 'must be a day that exists, YYYY-MM-DD, from {first} to {last}',
    'zh-CN': '应为存在的日期，格式 YYYY-MM-DD，自 {first} 至 {last}',
  },
  instant: {
    en: 'must be an instant with its offset, {example}',
    'zh-CN': '应为带时区的时刻，如 {example}',
  },
  yuan: {
    en: 'must be yuan with at most two decimals and no separators',
    'zh-CN': '应为金额（元），小数最多两位，不带千位分隔符',
  },
  beyond: { en: 'is beyond {most} yuan', 'zh-CN': '超过 {most} 元' },
  aboveZero: { en: 'must be above 0', 'zh-CN': '应大于 0' },
  notNegative: { en: 'must not be negative', 'zh-CN': '不能为负数' },
  fields: {
    en: 'has {found} fields where the header has {wanted}',
    'zh-CN': '有 {found} 栏，而表头有 {wanted} 栏',
  },
  dueBeforeIssued: { en: 'is before issued_on', 'zh-CN': '早于 issued_on' },
  noCustomer: { en: 'no such customer on the book', 'zh-CN': '台账上没有这位客户' },
  conflictWithBook: {
    en: 'conflict: the book has it with other content',
    'zh-CN': '冲突：台账上同一编号的内容不同',
  },
  conflictWithLine: {
    en: 'conflict: an earlier line of this file has it with other content',
    'zh-CN': '冲突：本文件前面一行同一编号的内容不同',
  },
  separatorHint: {
    en: 'This is no file of {kind}: {complaints}. Fields are separated by commas, not by semicolons or tabs. It needs {columns}.',
    'zh-CN':
      '这不是{kind|importKinds}文件：{complaints|complaints}。各栏之间用逗号分隔，不用分号或制表符。需要的栏：{columns}。',
  },
  noFileOf: {
    en: 'This is no file of {kind}: {complaints}. It needs {columns}.',
    'zh-CN': '这不是{kind|importKinds}文件：{complaints|complaints}。需要的栏：{columns}。',
  },
  columnMissing: { en: 'the column {name} is missing', 'zh-CN': '缺少栏 {name}' },
  columnUnknown: { en: 'the column "{name}" is unknown', 'zh-CN': '没有名为“{name}”的栏' },
  columnTwice: { en: 'the column {name} is there twice', 'zh-CN': '栏 {name} 出现两次' },
  moreUnknown: { en: 'so are {more} more', 'zh-CN': '另有 {more} 栏也不认识' },
  empty: {
    en: 'The file is empty: it has no header.',
    'zh-CN': '文件是空的，没有表头。',
  },
  workbook: {
    en: 'The file is a workbook or a zip archive. Save the sheet as CSV (UTF-8).',
    'zh-CN': '这是工作簿或压缩包，请把工作表另存为 CSV（UTF-8）。',
  },
  gzip: {
    en: 'The gzip file is damaged or cut short. Fetch it again.',
    'zh-CN': 'gzip 文件已损坏或不完整，请重新获取。',
  },
  tooLarge: {
    en: 'The file is longer than {most} MiB unzipped. Split it, by period for example.',
    'zh-CN': '文件解压后超过 {most} MiB，请拆分，例如按月份。',
  },
  utf16: {
    en: 'The file is in UTF-16. Save it as CSV (UTF-8).',
    'zh-CN': '文件是 UTF-16 编码，请另存为 CSV（UTF-8）。',
  },
  either: {
    en: 'The file may be UTF-8 or GB18030: the few characters in it that are not ASCII are valid in both. Save it as CSV UTF-8 with a byte order mark, as Excel does.',
    'zh-CN':
      '无法判断文件是 UTF-8 还是 GB18030：其中少数非 ASCII 字符在两种编码里都有效。请另存为带 BOM 的 CSV UTF-8，与 Excel 的做法相同。',
  },
  neither: {
    en: 'The file is neither UTF-8 nor GB18030. Save it as CSV (UTF-8).',
    'zh-CN': '文件既不是 UTF-8 也不是 GB18030，请另存为 CSV（UTF-8）。',
  },
  unclosed: {
    en: 'A quote that opens after line {line} is never closed, or the record there is longer than {most} KiB.',
    'zh-CN': '第 {line} 行之后有引号没有闭合，或该行超过 {most} KiB。',
  },
  sum: {
    en: 'The amounts of the file add up to more than {most} yuan, which no station bills.',
    'zh-CN': '文件金额合计超过 {most} 元，没有供电所会有这样的账单。',
  },
  stopped: {
    en: 'The server was stopped. Nothing was taken: import the file again.',
    'zh-CN': '服务器已停止，没有导入任何内容，请重新导入。',
  },
  busy: {
    en: 'Another import is at work. Nothing was taken: import the file again later.',
    'zh-CN': '另一项导入正在进行，没有导入任何内容，请稍后重新导入。',
  },
  notCarriedOut: {
    en: 'The database did not carry it out; the cause is in the log. Nothing was taken: import the file again.',
    'zh-CN': '数据库没有完成导入，原因见日志。没有导入任何内容，请重新导入。',
  },
  died: {
    en: 'The server died while it was at work. Nothing was taken: import the file again.',
    'zh-CN': '服务器在导入途中意外停止，没有导入任何内容，请重新导入。',
  },
} as const;
