using Hillock.Cli.CommandLine;

using Interruption interruption = new();
int code = Tool.Run(args, Terminal.OfProcess(), interruption.Token);
return code == ExitCode.Interrupted ? interruption.ExitCode ?? code : code;
