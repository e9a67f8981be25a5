import { mount } from 'svelte';
import './design/fonts.css';
import './design/tokens.css';
import './design/base.css';
import App from './app/App.svelte';

const target = document.getElementById('window');
if (target === null) throw new Error('The page has no place for the window.');
mount(App, { target });
