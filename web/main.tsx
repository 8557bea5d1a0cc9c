import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './kit/tokens.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import './i18n.ts';
import { theme } from './kit/theme.ts';
import { Toasts } from './kit/toasts.tsx';
import { queries } from './queries.ts';
import { listenForChanges } from './realtime.ts';
import { router } from './router.tsx';

const scheme = localStorageColorSchemeManager({ key: 'bulkhead-scheme' });

listenForChanges();

createRoot(document.getElementById('root') as HTMLElement).render(
  <MantineProvider
    theme={theme}
    colorSchemeManager={scheme}
    defaultColorScheme="auto"
    withCssVariables={false}
    withStaticClasses={false}
    withGlobalClasses={false}
  >
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} InnerWrap={Toasts} />
    </QueryClientProvider>
  </MantineProvider>,
);
