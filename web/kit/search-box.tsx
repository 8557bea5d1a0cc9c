import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { useKeys } from './keys.ts';

const TYPING_PAUSE_MS = 180;

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The page is for searching: one types at once. */
  autoFocus?: boolean;
}

/** Searches as one types; `/` jumps to it, Escape empties and leaves it. */
export function SearchBox({ label, value, onChange, autoFocus = false }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef(value);
  useKeys([{ press: '/', label: t('keys.search'), run: () => input.current?.focus() }]);

  useEffect(() => {
    // Only what came from elsewhere (back button, a link) replaces what is being typed.
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);

  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);

  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (text) setText('');
    else input.current?.blur();
  };
  return (
    <TextInput
      ref={input}
      type="text"
      role="searchbox"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      leftSection={<Icon name="search" size={15} />}
      rightSection={
        text ? (
          <CloseButton size="sm" aria-label={t('clear')} onClick={() => setText('')} />
        ) : (
          <Kbd size="xs" visibleFrom="sm">
            /
          </Kbd>
        )
      }
      style={{ flex: '1 1 140px', maxWidth: 340 }}
    />
  );
}
