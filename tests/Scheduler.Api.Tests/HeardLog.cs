using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Scheduler.Tests;

/// <summary>Collects every line of a server's log, with its category and its exception.</summary>
public sealed class HeardLog(ConcurrentQueue<string> said, Action<string>? onLine = null) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Ear(said, onLine, categoryName);

    public void Dispose()
    {
    }

    private sealed class Ear(ConcurrentQueue<string> said, Action<string>? onLine, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{category}: {formatter(state, exception)} {exception}";
            said.Enqueue(line);
            onLine?.Invoke(line);
        }
    }
}
