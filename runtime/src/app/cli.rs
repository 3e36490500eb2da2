//! [`App::cli`]: an app that is told by its command line what to do.

use std::{fs, path::PathBuf};

use super::{App, StartError, StartFault};
use crate::openapi::OpenApiVersion;

const HELP: &str = "\
[serve] [--host HOST] [--port PORT]             serve, which is done without a command, too
openapi [--version 3.0.3|3.1.0|3.2.0] [--output FILE]   print the OpenAPI document, or write it to a file
--help                                          print this";

/// What the command line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
enum Command {
    #[default]
    Serve,
    Openapi,
    Help,
}

/// A command and its options.
#[derive(Debug, Default, PartialEq, Eq)]
struct Arguments {
    command: Command,
    host: Option<String>,
    port: Option<u16>,
    version: Option<OpenApiVersion>,
    output: Option<PathBuf>,
}

impl Arguments {
    fn parse(mut parser: lexopt::Parser) -> Result<Self, lexopt::Error> {
        use lexopt::{Arg, ValueExt};
        let mut arguments = Self::default();
        let mut named = false;
        while let Some(argument) = parser.next()? {
            match (argument, &arguments.command) {
                (Arg::Short('h') | Arg::Long("help"), _) => {
                    arguments.command = Command::Help;
                    return Ok(arguments);
                }
                (Arg::Value(word), _) if !named => {
                    named = true;
                    arguments.command = match word.to_str() {
                        Some("serve") => Command::Serve,
                        Some("openapi") => Command::Openapi,
                        _ => return Err(format!("there is no command {word:?}").into()),
                    };
                }
                (Arg::Long("host"), Command::Serve) => arguments.host = Some(parser.value()?.string()?),
                (Arg::Long("port"), Command::Serve) => arguments.port = Some(parser.value()?.parse()?),
                (Arg::Long("version"), Command::Openapi) => arguments.version = Some(parser.value()?.parse()?),
                (Arg::Long("output"), Command::Openapi) => arguments.output = Some(parser.value()?.into()),
                (argument, _) => return Err(argument.unexpected()),
            }
        }
        Ok(arguments)
    }
}

impl App {
    /// Does what the command line says: `serve`, or nothing, serves ([`App::serve`]); `openapi` prints the document, so
    /// that a build can make clients of it; `--help` lists what there is.
    ///
    /// ```no_run
    /// # use versify::prelude::*;
    /// # fn app() -> App { App::new("Shop", "1.0.0") }
    /// #[tokio::main]
    /// async fn main() -> Result<(), versify::StartError> {
    ///     app().cli().await
    /// }
    /// ```
    ///
    /// `cargo run -- openapi --version 3.0.3 --output openapi.json` starts nothing: no lifespan runs. A program with a
    /// command line of its own calls [`App::openapi`] and [`App::serve`].
    ///
    /// # Errors
    /// As [`App::serve`]; a command line that asks for nothing that there is; a file that cannot be written.
    pub async fn cli(mut self) -> Result<(), StartError> {
        let arguments = Arguments::parse(lexopt::Parser::from_env())
            .map_err(|error| StartFault::CommandLine { reason: format!("{error}\n\n{HELP}") })?;
        match arguments.command {
            Command::Help => {
                println!("{HELP}");
                Ok(())
            }
            Command::Serve => {
                self.serving.host = arguments.host.or(self.serving.host);
                self.serving.port = arguments.port.or(self.serving.port);
                self.serve().await
            }
            Command::Openapi => {
                if let Some(version) = arguments.version {
                    self = self.openapi_version(version);
                }
                let document = self.openapi()?;
                let Some(file) = arguments.output else {
                    println!("{document}");
                    return Ok(());
                };
                fs::write(&file, format!("{document}\n")).map_err(|error| {
                    StartFault::CommandLine { reason: format!("{} cannot be written: {error}", file.display()) }.into()
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_says_what_to_do() {
        let parse = |line: &str| Arguments::parse(lexopt::Parser::from_args(line.split_whitespace()));
        for (line, expected) in [
            ("", Arguments::default()),
            ("serve", Arguments::default()),
            (
                "serve --host 0.0.0.0 --port=80",
                Arguments { host: Some("0.0.0.0".to_owned()), port: Some(80), ..Arguments::default() },
            ),
            ("--port 80", Arguments { port: Some(80), ..Arguments::default() }),
            ("openapi", Arguments { command: Command::Openapi, ..Arguments::default() }),
            (
                "openapi --version 3.0.3 --output api.json",
                Arguments {
                    command: Command::Openapi,
                    version: Some(OpenApiVersion::V3_0),
                    output: Some("api.json".into()),
                    ..Arguments::default()
                },
            ),
            ("openapi --help", Arguments { command: Command::Help, ..Arguments::default() }),
        ] {
            assert_eq!(parse(line).unwrap(), expected, "{line}");
        }
        for (line, message) in [
            ("deploy", "there is no command \"deploy\""),
            ("serve openapi", "unexpected argument \"openapi\""),
            ("openapi --port 80", "invalid option '--port'"),
            ("serve --output x", "invalid option '--output'"),
            ("--port high", "cannot parse argument \"high\": invalid digit found in string"),
            ("openapi --version 4", "cannot parse argument \"4\": the document comes as '3.0.3', '3.1.0' or '3.2.0'"),
        ] {
            assert_eq!(parse(line).unwrap_err().to_string(), message, "{line}");
        }
    }
}
