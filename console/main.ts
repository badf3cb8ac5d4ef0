// Loads the console: every element registers itself, the page holds one <gait-console>.
import './app.ts';
