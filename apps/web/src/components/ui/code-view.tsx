'use client';

import { json } from '@codemirror/lang-json';
import { MySQL, sql } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--t-info)' },
  { tag: tags.string, color: 'var(--t-ok)' },
  { tag: tags.number, color: 'var(--t-violet)' },
  { tag: [tags.bool, tags.null], color: 'var(--t-warn)' },
  { tag: tags.keyword, color: 'var(--t-info)' },
  { tag: tags.typeName, color: 'var(--t-violet)' },
  { tag: tags.comment, color: 'var(--t-ink-3)' },
  { tag: tags.punctuation, color: 'var(--t-ink-3)' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--t-ink)', fontSize: '12px' },
  '&.cm-focused': { outline: '2px solid var(--t-accent)', outlineOffset: '-2px' },
  '.cm-content': { fontFamily: 'var(--font-mono)', padding: '8px 0' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--t-ink-3)', border: 'none' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--t-accent) 28%, transparent) !important',
  },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--t-hover)', border: 'none', color: 'var(--t-ink-2)' },
});

const languages = { json: json(), sql: sql({ dialect: MySQL }) };
const baseExtensions = [syntaxHighlighting(colours), look, EditorView.lineWrapping];

interface CodeViewProps {
  text: string;
  label: string;
  language?: keyof typeof languages;
  maxHeight?: string;
}

/** JSON or a statement to read: folds, highlights, is never changed. */
export function CodeView({ text, label, language = 'json', maxHeight }: CodeViewProps) {
  return (
    <CodeMirror
      value={text}
      readOnly
      theme="none"
      basicSetup={{
        lineNumbers: false,
        foldGutter: language === 'json',
        highlightActiveLine: false,
        highlightActiveLineGutter: false,
        searchKeymap: true,
      }}
      extensions={[
        languages[language],
        ...baseExtensions,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      ]}
      {...(maxHeight === undefined ? {} : { maxHeight })}
    />
  );
}
