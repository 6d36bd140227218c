// Columns of rows as Ink itself draws them, with none of its modules replaced: from standard input to standard output.
import { text } from 'node:stream/consumers';
import { Box, renderToString, Text } from 'ink';
import { createElement } from 'react';

const columns = JSON.parse(await text(process.stdin));
const drawn = columns.map(({ width, height, rows }) =>
  renderToString(
    createElement(
      Box,
      { flexDirection: 'column', width, height },
      rows.map((row, n) => createElement(Text, { key: n, wrap: 'truncate' }, row)),
    ),
    { columns: width },
  ),
);
process.stdout.write(JSON.stringify(drawn));
