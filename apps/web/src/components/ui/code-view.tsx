'use client';

import { json } from '@codemirror/lang-json';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--t-info)' },
  { tag: tags.string, color: 'var(--t-ok)' },
  { tag: tags.number, color: 'var(--t-violet)' },
  { tag: [tags.bool, tags.null], color: 'var(--t-warn)' },
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

const baseExtensions = [json(), syntaxHighlighting(colours), look, EditorView.lineWrapping];

/** JSON to read: folds, highlights, is never changed. */
export function CodeView({ text, label, maxHeight }: { text: string; label: string; maxHeight?: string }) {
  return (
    <CodeMirror
      value={text}
      readOnly
      theme="none"
      basicSetup={{
        lineNumbers: false,
        foldGutter: true,
        highlightActiveLine: false,
        highlightActiveLineGutter: false,
        searchKeymap: true,
      }}
      extensions={[
        ...baseExtensions,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      ]}
      {...(maxHeight === undefined ? {} : { maxHeight })}
    />
  );
}
